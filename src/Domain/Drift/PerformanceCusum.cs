namespace BtcAgent.Domain.Drift;

/// <summary>
/// Finds a lasting fall of a model's daily profit: adds what each day falls short of the expected profit, less an allowance,
/// and raises the alarm at a limit. Source: Page 1954; run lengths: Siegmund 1985. Immutable.
/// </summary>
[GenerateSerializer, Immutable, Alias("PerformanceCusum")]
public sealed record PerformanceCusum
{
    /// <summary>Expected net profit of a day, as a fraction of the capital.</summary>
    [Id(0)] public required double Mean { get; init; }

    /// <summary>Standard deviation of a day, above 0.</summary>
    [Id(1)] public required double Deviation { get; init; }

    /// <summary>Shortfall of a day that is allowed, in standard deviations; half of the fall to be found. Default 0.125.</summary>
    [Id(2)] public double Allowance { get; init; } = 0.125;

    /// <summary>Sum at which the alarm is raised, in standard deviations. Default 12: about 720 days between false alarms.</summary>
    [Id(3)] public double Limit { get; init; } = 12;

    /// <summary>The sum now, 0 or more.</summary>
    [Id(4)] public double Sum { get; init; }

    public bool IsAlarm => Sum >= Limit;

    /// <summary>Adds a day; one that is not a number changes nothing.</summary>
    public PerformanceCusum Add(double pnl) =>
        double.IsFinite(pnl) ? this with { Sum = Math.Max(0, Sum + ((Mean - pnl) / Deviation) - Allowance) } : this;

    /// <summary>Begins again, such as after an alarm was acted on.</summary>
    public PerformanceCusum Reset() => this with { Sum = 0 };

    /// <summary>Expected days to the alarm from a sum of 0, for independent normal days.</summary>
    /// <param name="fall">Fall of the mean, in standard deviations; 0 gives the days between false alarms.</param>
    public double AverageRunLength(double fall)
    {
        var (drift, limit) = (fall - Allowance, Limit + 1.166);
        return drift == 0 ? limit * limit : (Math.Exp(-2 * drift * limit) + (2 * drift * limit) - 1) / (2 * drift * drift);
    }
}
