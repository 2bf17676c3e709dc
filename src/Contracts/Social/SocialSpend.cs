namespace BtcAgent.Contracts.Social;

/// <summary>The cost of a day or month and its limits; what is reserved counts.</summary>
/// <param name="From">The day, or the first day of the month, in UTC.</param>
/// <param name="Reads">Posts.</param>
/// <param name="ReadsMax">Most posts.</param>
/// <param name="Counts">Requests for numbers of posts.</param>
/// <param name="Dollars">The price of both.</param>
/// <param name="DollarsMax">Most dollars.</param>
[GenerateSerializer, Immutable, Alias("SocialSpend")]
public sealed record SocialSpend(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] long Reads,
    [property: Id(2)] long ReadsMax,
    [property: Id(3)] long Counts,
    [property: Id(4)] decimal Dollars,
    [property: Id(5)] decimal DollarsMax)
{
    /// <summary>Used share of the tighter limit, 0…1; 1 for a limit of 0.</summary>
    public double Share => Math.Max(Of(Reads, ReadsMax), Of(Dollars, DollarsMax));

    private static double Of(decimal used, decimal limit) => limit > 0 ? (double)(used / limit) : 1;
}
