namespace BtcAgent.Client.Api;

/// <summary>Explains a model's raw score, which is the sum of baseline and contributions. Source: TreeSHAP.</summary>
/// <param name="ModelId">Id of the model.</param>
/// <param name="Baseline">Expected raw score over the training data.</param>
/// <param name="RawScore">Score before sigmoid and calibration.</param>
/// <param name="Contributions">One per feature, in the model's feature order.</param>
public sealed record ScoreExplanation(
    string ModelId, double Baseline, double RawScore, IReadOnlyList<FeatureContribution> Contributions);
