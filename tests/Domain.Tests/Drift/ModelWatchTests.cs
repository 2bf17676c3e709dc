using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Tests.Drift;

/// <summary>The watch of one serving model.</summary>
public sealed class ModelWatchTests
{
    private const int MinutesPerDay = 1_440;

    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_225_600_000);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly ModelBaseline Baseline = new()
    {
        Distributions = new(["a", "b"], [Bins(1), Bins(2)], Bins(3)),
        Columns = [2, 0],
        Brier = 0.25,
        Horizon = TimeSpan.FromMinutes(5),
        Profit = new DailyProfit(0.01, 0.01),
    };

    [Fact]
    public void Read_NothingKnown_IsUnknown()
    {
        var watch = new ModelWatch(ModelBaseline.Unknown, new(), 0);
        watch.Add(Start, [1, 2], 0.5, 100, 1, isLate: false);

        var reading = watch.Read("m", Start);

        Assert.Equal((DriftState.Unknown, DriftState.Unknown, DriftState.Unknown), (reading.Drift.State, reading.Calibration.State, reading.Profit.State));
        Assert.Equal(("m", Start, Start, 1L), (reading.ModelId, reading.TrainedTo, reading.At, reading.Today!.Value.Samples));
    }

    [Fact]
    public void Add_OlderSample_ChangesNothing()
    {
        var watch = new ModelWatch(ModelBaseline.Unknown, new(), 0);
        watch.Add(Start + Minute, [], 0.5, 100, 1, isLate: true);
        watch.Add(Start + Minute, [], 0.5, 100, 1, isLate: true);
        watch.Add(Start, [], 0.5, 100, 1, isLate: true);

        Assert.Equal(1, watch.Scored);
        Assert.Equal(1, watch.Read("m", Start).Today!.Value.Late);
    }

    /// <summary>Late scores are counted by day, differing recomputations since the beginning.</summary>
    [Fact]
    public void Add_NextDay_CountsLateScoresFromZero()
    {
        var watch = new ModelWatch(ModelBaseline.Unknown, new(), 0);
        watch.Add(Start, [], 0.5, 100, 1, isLate: true);
        watch.CountRecomputation(null);
        watch.CountRecomputation(new string('x', 1_000));
        watch.Add(Start + TimeSpan.FromDays(1), [], 0.5, 100, 1, isLate: false);

        var reading = watch.Read("m", Start);

        Assert.Equal(new ServingDay(new DateOnly(2026, 1, 2), 1, 0), reading.Today);
        Assert.Equal((2L, 1L, 400), (reading.Recomputed, reading.ParityBreaks, reading.LastBreak!.Length));
    }

    [Fact]
    public void Add_FewerValuesThanTheModelUses_Throws() => Assert.Throws<ArgumentException>(
        () => new ModelWatch(Baseline, new(), 0).Add(Start, [1, 2], 0.5, 100, 1, isLate: false));

    /// <summary>Sure of a rise in a market that mostly falls: twice the expected error.</summary>
    [Fact]
    public void Calibration_WrongProbabilities_RaiseTheAlarm()
    {
        var (random, price) = (new Random(3), 1_000.0);
        var watch = new ModelWatch(Baseline, new(), 0);
        Walk(watch, 14, 0.9, _ => price += random.NextDouble() - 0.55, 0);

        var calibration = watch.Read("m", Start).Calibration;

        Assert.Equal((DriftState.Alarm, 0.25), (calibration.State, calibration.Expected));
        Assert.InRange(calibration.Figure!.Value, 0.4, 0.7);
    }

    /// <summary>A coin's probabilities on a random walk: the expected error, and an unchanged price is no outcome.</summary>
    [Fact]
    public void Calibration_AsInTraining_RaisesNone()
    {
        var (random, price) = (new Random(4), 100.0);
        var watch = new ModelWatch(Baseline, new(), 0);
        Walk(watch, 30, 0.5, _ => price += random.Next(3) - 1, 0);

        var calibration = watch.Read("m", Start).Calibration;

        Assert.Equal((DriftState.None, 0.25), (calibration.State, calibration.Figure!.Value));
    }

    /// <summary>The outcome is the last price at or before the horizon, not the one after it.</summary>
    [Fact]
    public void Calibration_SampleAfterTheHorizon_UsesThePriceBeforeIt()
    {
        var watch = new ModelWatch(Baseline with { Distributions = null, Columns = [] }, new(), 0);
        Add(0, 100);
        Add(299, 90);
        Add(301, 110);
        Add(86_400, 100);
        Add(86_400 + 299, 90);
        Add(86_400 + 301, 90);

        Assert.Equal(0.81, watch.Read("m", Start).Calibration.Figure!.Value, 9);

        void Add(int second, double mid) => watch.Add(Start + TimeSpan.FromSeconds(second), [], 0.9, mid, 0, isLate: false);
    }

    /// <summary>Long while the price falls by 2 % a day, with 1 ± 1 % expected: three deviations a day.</summary>
    [Fact]
    public void Profit_LastingFall_RaisesTheAlarm()
    {
        var watch = new ModelWatch(Baseline, new(), 0);
        Walk(watch, 3, 0.5, Falling, 1);
        Assert.Equal(DriftState.None, watch.Read("m", Start).Profit.State);
        Walk(watch, 4, 0.5, Falling, 1, from: 3 * MinutesPerDay);

        var profit = watch.Read("m", Start).Profit;

        Assert.Equal((DriftState.Alarm, 12.0), (profit.State, profit.Expected));

        // Five whole days: the first one was not seen from its begin, the last one is not over.
        Assert.Equal(5 * (3 - 0.125), profit.Figure!.Value, 0.2);

        static double Falling(int minute) => 100 * Math.Pow(0.98, minute / (double)MinutesPerDay);
    }

    /// <summary>One change of side an hour at 10 bps each: 24 · 2 · 0.1 % a day, at a constant price.</summary>
    [Fact]
    public void Profit_ChangesOfSide_CostTheirFees()
    {
        var watch = new ModelWatch(Baseline with { Profit = new DailyProfit(0, 0.01) }, new(), 10);
        for (var minute = 0; minute <= 3 * MinutesPerDay; minute++)
        {
            watch.Add(Start + (minute * Minute), [1, 2, 3], 0.5, 100, minute / 60 % 2 == 0 ? 1 : -1, isLate: false);
        }

        Assert.Equal(2 * (4.8 - 0.125), watch.Read("m", Start).Profit.Figure!.Value, 0.3);
    }

    [Fact]
    public void Load_SavedState_ContinuesTheSame()
    {
        var random = new Random(5);
        var prices = Enumerable.Range(0, 6 * MinutesPerDay).Select(_ => 100 + random.NextDouble()).ToArray();
        var kept = new ModelWatch(Baseline, new(), 10);
        Walk(kept, 3, 0.7, minute => prices[minute], 1);
        kept.CountRecomputation("a difference");
        var writer = new StateWriter();
        kept.Save(writer);
        var restored = new ModelWatch(Baseline, new(), 10);
        var reader = new StateReader(writer.Written);
        restored.Load(reader);
        reader.End();

        Walk(kept, 3, 0.7, minute => prices[minute], -1, from: 3 * MinutesPerDay);
        Walk(restored, 3, 0.7, minute => prices[minute], -1, from: 3 * MinutesPerDay);

        var (one, two) = (kept.Read("m", Start), restored.Read("m", Start));
        Assert.Equal(one.Drift.Features.AsEnumerable(), two.Drift.Features);
        Assert.Equal(one with { Drift = DriftReport.Unknown }, two with { Drift = DriftReport.Unknown });
        Assert.True(one is { Calibration.Figure: not null, Profit.Figure: not null, ParityBreaks: 1 });
        Assert.Throws<StateFormatException>(() => new ModelWatch(Baseline with { Profit = null }, new(), 10).Load(new StateReader(writer.Written)));
        Assert.Throws<StateFormatException>(() => new ModelWatch(Baseline with { Brier = 0.2 }, new(), 10).Load(new StateReader(writer.Written)));
    }

    /// <summary>
    /// Half-second rows of six hours are no more independent than its minutes: a week that moved by as much as hours do is no alarm.
    /// </summary>
    [Fact]
    public void Drift_ReferenceOfAFewHours_CountsItsTimeNotItsRows()
    {
        var random = new Random(6);
        FeatureBins[] hours = [.. Enumerable.Range(0, 10).Select(_ => FeatureBins.Of([.. Enumerable.Range(0, 43_200).Select(_ => (float)random.NextDouble())]))];
        var reference = new DriftReference([.. hours.Select((_, i) => $"f{i}")], [.. hours], null);

        Assert.Equal(DriftState.Alarm, After(reference));
        Assert.Equal(DriftState.None, After(reference with { Span = TimeSpan.FromHours(6) }));

        DriftState After(DriftReference against)
        {
            var watch = new DriftWatch(against, new());
            for (var minute = 0; minute < 7 * MinutesPerDay; minute++)
            {
                watch.Add(Start + (minute * Minute), [.. Enumerable.Range(0, 10).Select(_ => (float)(0.25 + random.NextDouble()))], 0.5);
            }

            return watch.Read().State;
        }
    }

    private static FeatureBins Bins(int seed)
    {
        var random = new Random(seed);
        return FeatureBins.Of([.. Enumerable.Range(0, 3_000).Select(_ => (float)random.NextDouble())]);
    }

    private static void Walk(ModelWatch watch, int days, double probability, Func<int, double> price, int direction, int from = 0)
    {
        for (var minute = from; minute < from + (days * MinutesPerDay); minute++)
        {
            watch.Add(Start + (minute * Minute), [1, 2, 3], probability, price(minute), direction, isLate: false);
        }
    }
}
