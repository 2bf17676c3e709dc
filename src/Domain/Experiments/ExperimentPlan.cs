using System.Globalization;

namespace BtcAgent.Domain.Experiments;

/// <summary>
/// Rules of an experiment, fixed before it begins. Amounts of money are fractions of the portfolio's capital, errors are
/// probabilities.
/// </summary>
[GenerateSerializer, Immutable, Alias("ExperimentPlan")]
public sealed record ExperimentPlan
{
    public const int DaysLimit = 3_650;

    /// <summary>Probability of promoting one or more challengers that are not better. Above 0, below 0.5. Default 0.05.</summary>
    [Id(0)] public double Alpha { get; init; } = 0.05;

    /// <summary>Challengers of the strategy that share <see cref="Alpha"/> equally. 1 to 100. Default 1.</summary>
    [Id(1)] public int Challengers { get; init; } = 1;

    /// <summary>Days after which the comparison ends; null for an always-valid test without a fixed end. 30 to 3,650. Default 365.</summary>
    [Id(2)] public int? HorizonDays { get; init; } = 365;

    /// <summary>Looks at the data within the horizon, evenly spaced. 1 to 60. Default 12.</summary>
    [Id(3)] public int Looks { get; init; } = 12;

    /// <summary>Longest duration without a horizon, in days. 30 to 3,650. Default 1,095.</summary>
    [Id(4)] public int DaysMax { get; init; } = 1_095;

    /// <summary>
    /// Stops for futility below this predictive power; 0 never stops. 0 to 0.5. Default 0.05. The stop is not counted on by
    /// <see cref="Alpha"/>.
    /// </summary>
    [Id(5)] public double FutilityPower { get; init; } = 0.05;

    /// <summary>Without a horizon: futile once the advantage a day is known to be below this. −1 to 1. Default 0.</summary>
    [Id(6)] public double UsefulEdge { get; init; }

    /// <summary>Shortest time in shadow, in days. 1 to 3,650. Default 14.</summary>
    [Id(7)] public int ShadowDays { get; init; } = 14;

    /// <summary>Fewest virtual trades of the challenger in shadow. 1 or more. Default 50.</summary>
    [Id(8)] public int ShadowTrades { get; init; } = 50;

    /// <summary>Shortest time in canary, in days. 1 to 3,650. Default 14.</summary>
    [Id(9)] public int CanaryDays { get; init; } = 14;

    /// <summary>Fewest trades in canary. 1 or more. Default 50.</summary>
    [Id(10)] public int CanaryTrades { get; init; } = 50;

    /// <summary>Days in which a new champion can be rolled back. 1 to 3,650. Default 14.</summary>
    [Id(11)] public int WatchDays { get; init; } = 14;

    /// <summary>Share of the risk budget that a canary trades. Above 0, up to 0.5. Default 0.1.</summary>
    [Id(12)] public double CanaryShare { get; init; } = 0.1;

    /// <summary>Loss that a canary may not exceed. Above 0, up to 1. Default 0.025.</summary>
    [Id(13)] public double CanaryLossMax { get; init; } = 0.025;

    /// <summary>
    /// Rolls back a challenger that has earned this much less than the champion, since its beginning while in shadow or
    /// canary, since its promotion afterwards. Above 0, up to 10. Default 0.25.
    /// </summary>
    [Id(14)] public double ShortfallMax { get; init; } = 0.25;

    /// <summary>Share of samples that may fail or have a score that is not a number. 0 to 1. Default 0.001.</summary>
    [Id(15)] public double FailureShareMax { get; init; } = 0.001;

    /// <summary>Share of scores that may be late. 0 to 1. Default 0.01.</summary>
    [Id(16)] public double LateShareMax { get; init; } = 0.01;

    /// <summary>Samples of a day before its shares and its scores' spread are judged. 1 or more. Default 200.</summary>
    [Id(17)] public int SamplesMin { get; init; } = 200;

    /// <summary>A promotion waits for a person. Default true.</summary>
    [Id(18)] public bool NeedsConfirmation { get; init; } = true;

    /// <summary>Days for the confirmation, after which the experiment ends. 1 to 365. Default 30.</summary>
    [Id(19)] public int ConfirmationDays { get; init; } = 30;

    /// <summary>
    /// Leaves the shadow only with this predictive power, so that a canary risks money for weeks, not for the whole comparison.
    /// 0 to 1; above 0.5 only the promising become a canary. Default 0.8.
    /// </summary>
    [Id(20)] public double CanaryPower { get; init; } = 0.8;

    /// <summary>
    /// Share of <see cref="CanaryLossMax"/> at which the canary is rolled back; the rest is for what it loses until the next
    /// check and in closing. Above 0, up to 1. Default 0.8.
    /// </summary>
    [Id(21)] public double CanaryLossStop { get; init; } = 0.8;

    public SequentialMethod Method => HorizonDays is null ? SequentialMethod.ConfidenceSequence : SequentialMethod.GroupSequential;

    /// <summary>Error of one challenger's test: an equal share (Bonferroni), valid at any time and for any dependence of the tests.</summary>
    public double AlphaEach => Alpha / Challengers;

    /// <summary>The first setting out of range, with its value and range; null when all are valid.</summary>
    public string? Problem() =>
        Number(nameof(Alpha), Alpha, Alpha is > 0 and < 0.5, "above 0, below 0.5")
        ?? Number(nameof(Challengers), Challengers, Challengers is >= 1 and <= 100, "1 to 100")
        ?? Number(nameof(HorizonDays), HorizonDays ?? DaysMax, HorizonDays is null or (>= 30 and <= DaysLimit), $"30 to {DaysLimit}, or null")
        ?? Number(nameof(Looks), Looks, Looks is >= 1 and <= GroupSequential.LooksMax && (HorizonDays is null || Looks <= HorizonDays), $"1 to {GroupSequential.LooksMax}")
        ?? Number(nameof(DaysMax), DaysMax, DaysMax is >= 30 and <= DaysLimit, $"30 to {DaysLimit}")
        ?? Number(nameof(FutilityPower), FutilityPower, FutilityPower is >= 0 and <= 0.5, "0 to 0.5")
        ?? Number(nameof(UsefulEdge), UsefulEdge, UsefulEdge is >= -1 and <= 1, "-1 to 1")
        ?? Days(nameof(ShadowDays), ShadowDays) ?? Days(nameof(CanaryDays), CanaryDays) ?? Days(nameof(WatchDays), WatchDays)
        ?? Count(nameof(ShadowTrades), ShadowTrades) ?? Count(nameof(CanaryTrades), CanaryTrades) ?? Count(nameof(SamplesMin), SamplesMin)
        ?? Number(nameof(CanaryShare), CanaryShare, CanaryShare is > 0 and <= 0.5, "above 0, up to 0.5")
        ?? Number(nameof(CanaryPower), CanaryPower, CanaryPower is >= 0 and <= 1, "0 to 1")
        ?? Number(nameof(CanaryLossStop), CanaryLossStop, CanaryLossStop is > 0 and <= 1, "above 0, up to 1")
        ?? Number(nameof(CanaryLossMax), CanaryLossMax, CanaryLossMax is > 0 and <= 1, "above 0, up to 1")
        ?? Number(nameof(ShortfallMax), ShortfallMax, ShortfallMax is > 0 and <= 10, "above 0, up to 10")
        ?? Number(nameof(FailureShareMax), FailureShareMax, FailureShareMax is >= 0 and <= 1, "0 to 1")
        ?? Number(nameof(LateShareMax), LateShareMax, LateShareMax is >= 0 and <= 1, "0 to 1")
        ?? Number(nameof(ConfirmationDays), ConfirmationDays, ConfirmationDays is >= 1 and <= 365, "1 to 365");

    private static string? Days(string name, int days) => Number(name, days, days is >= 1 and <= DaysLimit, $"1 to {DaysLimit}");

    private static string? Count(string name, int count) => Number(name, count, count >= 1, "1 or more");

    private static string? Number(string name, double value, bool holds, string takes) =>
        holds ? null : string.Create(CultureInfo.InvariantCulture, $"{name} takes {takes}, not {value}");
}
