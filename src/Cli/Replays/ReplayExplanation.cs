using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Replays;

/// <summary>Contribution of each feature to the replayed raw score (TreeSHAP), as the agent's API shows it.</summary>
/// <param name="Baseline">Expected raw score over the training data.</param>
/// <param name="RawScore">Sum of baseline and all contributions.</param>
/// <param name="Contributions">Contributions in the model's feature order.</param>
internal sealed record ReplayExplanation(double Baseline, double RawScore, ImmutableArray<ReplayExplanation.Part> Contributions)
{
    public static ReplayExplanation Of(ModelExplanation explanation, FeatureSample sample, FeatureSchema schema) => new(
        explanation.Baseline,
        explanation.RawScore,
        [.. explanation.Contributions.Select((contribution, i) => new Part(schema.Definitions[i].Name, sample.Values[i], contribution))]);

    /// <summary>Contribution of one feature.</summary>
    /// <param name="Feature">Its name.</param>
    /// <param name="Value">Value in the sample; NaN if unknown.</param>
    /// <param name="Contribution">Contribution to the raw score.</param>
    internal sealed record Part(string Feature, float Value, double Contribution);
}
