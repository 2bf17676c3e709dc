using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Domain.Tests.Experiments;

/// <summary>An experiment of short stages and days with scripted results.</summary>
internal static class ExperimentFixture
{
    public static readonly ExperimentPlan Plan = new()
    {
        HorizonDays = 60,
        Looks = 6,
        ShadowDays = 5,
        ShadowTrades = 10,
        CanaryDays = 5,
        CanaryTrades = 10,
        WatchDays = 3,
        SamplesMin = 100,
        NeedsConfirmation = false,
        CanaryLossMax = 0.0125,
        CanaryPower = 0.2,
    };

    private static readonly ImmutableArray<double> Boundaries = SequentialTest.BoundariesOf(Plan);

    public static readonly StageHealth Healthy = StageHealth.Green with { Samples = 1_000, ScoreSpread = 0.8 };

    public static readonly DateOnly First = new(2026, 1, 1);

    public static Timestamp At(int day) => Timestamp.FromDateTimeOffset(new(First.AddDays(day + 1), TimeOnly.MinValue, TimeSpan.Zero));

    public static Experiment Begin(ExperimentPlan? plan = null) =>
        Experiment.Begin("e-1", "trend", "model-a", "model-b", plan ?? Plan, At(-1), (plan ?? Plan).HorizonDays == Plan.HorizonDays ? Boundaries : default);

    /// <summary>Closes days with an advantage that alternates around a mean.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="days">Number of days.</param>
    /// <param name="mean">Mean advantage a day.</param>
    /// <param name="trades">Trades a day.</param>
    /// <param name="health">Condition of each day.</param>
    public static Experiment Run(this Experiment experiment, int days, double mean, int trades = 4, StageHealth? health = null)
    {
        for (var i = 0; i < days; i++)
        {
            experiment = experiment.Close(Day(experiment, mean, trades, health));
        }

        return experiment;
    }

    public static ExperimentDay Day(Experiment experiment, double mean, int trades = 4, StageHealth? health = null)
    {
        var number = experiment.LastDay is { } last ? last.DayNumber - First.DayNumber + 1 : 0;
        var wave = (number % 4) switch { 0 => 1, 1 => -0.5, 2 => -1, _ => 0.5 } * 0.004;
        return new(First.AddDays(number), At(number), 0.001, 0.001 + mean + wave, trades, health ?? Healthy);
    }
}
