namespace BtcAgent.Domain.Signals;

/// <summary>What a model says of one sample.</summary>
/// <param name="Direction">Where the model wants to stand.</param>
/// <param name="Score">Raw output, the model's own unit.</param>
/// <param name="Confidence">0…1; for a rule, how far past its threshold.</param>
/// <param name="ExpectedMoveBps">Expected move in the direction over the model's horizon, in basis points; NaN if the model does not say.</param>
/// <param name="NotReady">Why there is no score yet; null when there is one.</param>
/// <param name="OutOfDistribution">Which features lie outside the ranges of training; null when none or too few do.</param>
/// <param name="FeaturesOutOfRange">How many do; null of a model that knows no ranges.</param>
[GenerateSerializer, Immutable, Alias("ModelScore")]
public readonly record struct ModelScore(
    [property: Id(0)] SignalDirection Direction,
    [property: Id(1)] double Score,
    [property: Id(2)] double Confidence,
    [property: Id(3)] double ExpectedMoveBps,
    [property: Id(4)] string? NotReady = null,
    [property: Id(5)] string? OutOfDistribution = null,
    [property: Id(6)] int? FeaturesOutOfRange = null)
{
    public static ModelScore WarmingUp(string why) => new(SignalDirection.Flat, double.NaN, 0, double.NaN, why);
}
