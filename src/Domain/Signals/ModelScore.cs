namespace BtcAgent.Domain.Signals;

/// <summary>A model's score of one sample.</summary>
/// <param name="Direction">Direction that the model wants.</param>
/// <param name="Score">Raw output, in the model's own unit.</param>
/// <param name="Confidence">0…1; for a rule, the distance beyond its threshold.</param>
/// <param name="ExpectedMoveBps">Expected move in the direction over the model's horizon, in basis points; NaN if the model
/// states none.</param>
/// <param name="NotReady">Why there is no score yet; null when there is one.</param>
/// <param name="OutOfDistribution">Names of the features outside their training range; null if none or too few are.</param>
/// <param name="FeaturesOutOfRange">Number of such features; null for a model without ranges.</param>
/// <param name="Reason">Why the model wants this direction, for people; null if it states none.</param>
/// <param name="LacksSentiment">True when it is sentiment that <paramref name="NotReady"/> misses: no posts are read, or none with weight.</param>
/// <param name="LacksReleases">True when it is the calendar of economic releases that <paramref name="NotReady"/> misses.</param>
[GenerateSerializer, Immutable, Alias("ModelScore")]
public readonly record struct ModelScore(
    [property: Id(0)] SignalDirection Direction,
    [property: Id(1)] double Score,
    [property: Id(2)] double Confidence,
    [property: Id(3)] double ExpectedMoveBps,
    [property: Id(4)] string? NotReady = null,
    [property: Id(5)] string? OutOfDistribution = null,
    [property: Id(6)] int? FeaturesOutOfRange = null,
    [property: Id(7)] string? Reason = null,
    [property: Id(8)] bool LacksSentiment = false,
    [property: Id(9)] bool LacksReleases = false)
{
    public static ModelScore WarmingUp(string why) => new(SignalDirection.Flat, double.NaN, 0, double.NaN, why);

    /// <summary>There is no score while the model's sentiment features are unknown.</summary>
    public static ModelScore WithoutSentiment(string why) => WarmingUp(why) with { LacksSentiment = true };

    /// <summary>There is no score while the model's features of economic releases are unknown.</summary>
    public static ModelScore WithoutReleases(string why) => WarmingUp(why) with { LacksReleases = true };
}
