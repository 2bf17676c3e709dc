using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Social.Budgets;

/// <summary>
/// How much reading may cost, per UTC day and per calendar month in UTC. Section <c>Social:Budget</c>. Prices: X's pay-per-use list as of 2026-08-22.
/// </summary>
public sealed class BudgetOptions : IValidatableObject
{
    public const string Section = "Social:Budget";

    /// <summary>Most posts read in a day, 0…3,000,000. Default 2,000.</summary>
    [Range(0L, 3_000_000L)]
    public long ReadsPerDayMax { get; set; } = 2_000;

    /// <summary>Most posts read in a month, 0…3,000,000, which is the cap of X's pay-per-use. Default 40,000.</summary>
    [Range(0L, 3_000_000L)]
    public long ReadsPerMonthMax { get; set; } = 40_000;

    /// <summary>Most dollars of a day, 0…100,000. Default 10.</summary>
    [Range(0.0, 100_000.0)]
    public decimal DollarsPerDayMax { get; set; } = 10;

    /// <summary>Most dollars of a month, 0…1,000,000. Default 200.</summary>
    [Range(0.0, 1_000_000.0)]
    public decimal DollarsPerMonthMax { get; set; } = 200;

    /// <summary>Price of a post that is read, in dollars, 0…10. Default 0.005 (X, 2026-08-22).</summary>
    [Range(0.0, 10.0)]
    public decimal DollarsPerRead { get; set; } = 0.005m;

    /// <summary>Price of a request for the number of posts, in dollars, 0…10. Default 0.005 (X, 2026-08-22).</summary>
    [Range(0.0, 10.0)]
    public decimal DollarsPerCounts { get; set; } = 0.005m;

    /// <summary>
    /// Price of the author that comes with a post, in dollars, 0…10. Default 0.010, X's price for looking up a user: its list does not say whether the
    /// authors that expand a post are charged. Set it to 0 if your first bill has none.
    /// </summary>
    [Range(0.0, 10.0)]
    public decimal DollarsPerAuthor { get; set; } = 0.010m;

    /// <summary>Used share of the tightest limit from which a sample is read instead of all posts, 0…1. Default 0.7.</summary>
    [Range(0.0, 1.0)]
    public double SampleFromShare { get; set; } = 0.7;

    /// <summary>Used share of the tightest limit from which only numbers of posts are read, 0…1. Default 0.9.</summary>
    [Range(0.0, 1.0)]
    public double CountsFromShare { get; set; } = 0.9;

    /// <summary>
    /// Difference allowed between our clock and the source's, in seconds, 0…600. Default 60. Reads closer than this to midnight count in both days.
    /// </summary>
    [Range(0.0, 600.0)]
    public double ClockToleranceSeconds { get; set; } = 60;

    /// <inheritdoc cref="ClockToleranceSeconds"/>
    public TimeSpan ClockTolerance => TimeSpan.FromSeconds(ClockToleranceSeconds);

    /// <summary>Time for which a reservation may be read, in seconds, 180…3,600. Default 300. A reader renews it before then, or stops.</summary>
    [Range(180.0, 3_600.0)]
    public double HorizonSeconds { get; set; } = 300;

    /// <inheritdoc cref="HorizonSeconds"/>
    public TimeSpan Horizon => TimeSpan.FromSeconds(HorizonSeconds);

    /// <summary>Price of one unit of a use, in dollars.</summary>
    public decimal PriceOf(BudgetUse use) => use == BudgetUse.Posts ? DollarsPerRead + DollarsPerAuthor : DollarsPerCounts;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SampleFromShare > CountsFromShare)
        {
            yield return new(
                FormattableString.Invariant(
                    $"{Section}:SampleFromShare is {SampleFromShare}, more than CountsFromShare, {CountsFromShare}: a sample comes before counts, so lower it"),
                [nameof(SampleFromShare)]);
        }
    }
}
