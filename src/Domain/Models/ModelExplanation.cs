using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>
/// Decomposition of a model's raw score: <c>Baseline + Σ Contributions = RawScore</c>. Source: TreeSHAP, Lundberg, Erion,
/// Lee 2018, in the model's raw unit (log-odds for binary models).
/// </summary>
/// <param name="Baseline">Expected raw score over the training data.</param>
/// <param name="Contributions">One per feature, in the model's feature order.</param>
/// <param name="RawScore">Before sigmoid and calibration.</param>
[GenerateSerializer, Immutable, Alias("ModelExplanation")]
public sealed record ModelExplanation(
    [property: Id(0)] double Baseline,
    [property: Id(1)] ImmutableArray<double> Contributions,
    [property: Id(2)] double RawScore);
