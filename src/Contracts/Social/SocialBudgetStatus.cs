namespace BtcAgent.Contracts.Social;

/// <summary>The budget of a source that charges.</summary>
/// <param name="Source">The source.</param>
/// <param name="IsSimulated">Whether nobody pays: the source is the simulated X with prices of its settings.</param>
/// <param name="Level">How much is read.</param>
/// <param name="Reason">Why, in words with the numbers.</param>
/// <param name="Until">When the level is chosen again at the latest.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Month">The month in UTC.</param>
/// <param name="DollarsPerPost">Price of a post with its author.</param>
/// <param name="DollarsPerCounts">Price of a request for numbers of posts.</param>
/// <param name="ChargedDollars">Bill of the simulated X for the day since its start, by its meter; null for a real source, which sends its bill later.</param>
[GenerateSerializer, Immutable, Alias("SocialBudgetStatus")]
public sealed record SocialBudgetStatus(
    [property: Id(0)] string Source,
    [property: Id(1)] bool IsSimulated,
    [property: Id(2)] SocialLevel Level,
    [property: Id(3)] string Reason,
    [property: Id(4)] Timestamp Until,
    [property: Id(5)] SocialSpend Day,
    [property: Id(6)] SocialSpend Month,
    [property: Id(7)] decimal DollarsPerPost,
    [property: Id(8)] decimal DollarsPerCounts,
    [property: Id(9)] decimal? ChargedDollars)
{
    /// <summary>Used share of the tightest limit, 0…1.</summary>
    public double SpentShare => Math.Max(Day.Share, Month.Share);
}
