namespace BtcAgent.Client.Api;

/// <summary>Why a model gave its raw score: baseline and contributions add up to it. Source: TreeSHAP.</summary>
/// <param name="ModelId">That gave the score.</param>
/// <param name="Baseline">Expected raw score over the training data.</param>
/// <param name="RawScore">Before sigmoid and calibration.</param>
/// <param name="Contributions">One per feature, in the model's feature order.</param>
public sealed record ScoreExplanation(
    string ModelId, double Baseline, double RawScore, IReadOnlyList<FeatureContribution> Contributions);
