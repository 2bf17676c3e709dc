using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Tests.Drift;

public sealed class DriftWatchTests
{
    private const int FeatureCount = 20;
    private const int MinutesPerDay = 1_440;

    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_225_600_000);

    /// <summary>Eight markets of five weeks without drift: no alarm at any of the daily looks, and few warnings.</summary>
    [Fact]
    public void Read_NoDrift_RaisesNoAlarm()
    {
        var (alarms, warnings, looks) = (0, 0, 0);
        for (var seed = 0; seed < 8; seed++)
        {
            var market = new Market(seed);
            var watch = new DriftWatch(market.Reference(40), new());
            for (var day = 0; day < 35; day++)
            {
                market.Walk(watch, 1, 0, 0);
                var state = watch.Read().State;
                looks += state > DriftState.Gathering ? 1 : 0;
                alarms += state == DriftState.Alarm ? 1 : 0;
                warnings += state == DriftState.Warning ? 1 : 0;
            }
        }

        Assert.True(looks > 250, $"{looks} looks");
        Assert.Equal(0, alarms);
        Assert.True(warnings < looks * 0.05, $"{warnings} warnings in {looks} looks");
    }

    /// <summary>All features move by one standard deviation: the alarm follows within the week of the window.</summary>
    [Theory]
    [InlineData(1.0, FeatureCount, 5)]
    [InlineData(2.0, FeatureCount, 3)]
    [InlineData(2.0, FeatureCount / 2, 4)]
    public void Read_PlantedShift_IsFoundWithinDays(double shift, int shifted, int daysMax)
    {
        for (var seed = 100; seed < 103; seed++)
        {
            var market = new Market(seed);
            var watch = new DriftWatch(market.Reference(40), new());
            market.Walk(watch, 14, 0, 0);
            Assert.NotEqual(DriftState.Alarm, watch.Read().State);
            var delay = 0;
            do
            {
                market.Walk(watch, 1, shift, shifted);
                delay++;
            }
            while (watch.Read().State != DriftState.Alarm && delay < 20);

            Assert.InRange(delay, 1, daysMax);
        }
    }

    [Fact]
    public void Read_FewFeaturesShift_WarnsWithoutAlarm()
    {
        var market = new Market(7);
        var watch = new DriftWatch(market.Reference(40), new());
        market.Walk(watch, 14, 3, 2);
        var report = watch.Read();

        Assert.Equal(DriftState.Warning, report.State);
        Assert.Equal(0.1, report.DriftedShare, 9);
        Assert.Equal(["f0", "f1"], report.Features.Where(f => f.State == DriftState.Alarm).Select(f => f.Name));
        Assert.Contains("2 of 20 features", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ScoresShiftAlone_RaisesTheAlarm()
    {
        var market = new Market(8);
        var watch = new DriftWatch(market.Reference(40), new());
        market.Walk(watch, 14, 0, 0, scoreShift: 2);

        Assert.Equal((DriftState.Alarm, DriftState.Alarm), (watch.Read().State, watch.Read().Score!.State));
    }

    [Fact]
    public void Read_FeatureGoesMissing_HasDrifted()
    {
        var market = new Market(9);
        var watch = new DriftWatch(market.Reference(40), new());
        market.Walk(watch, 14, double.NaN, 3);
        var report = watch.Read();

        Assert.Equal(3, report.Features.Count(f => f is { State: DriftState.Alarm, MissingShare: 1 }));
    }

    [Fact]
    public void Read_ShiftThatEnds_IsForgottenAfterTheWindow()
    {
        var market = new Market(10);
        var watch = new DriftWatch(market.Reference(40), new());
        market.Walk(watch, 7, 3, FeatureCount);
        Assert.Equal(DriftState.Alarm, watch.Read().State);

        market.Walk(watch, 8, 0, 0);

        Assert.Equal(DriftState.None, watch.Read().State);
        Assert.InRange(watch.Read().Rows, 6 * MinutesPerDay, 7 * MinutesPerDay);
    }

    [Fact]
    public void Read_FewRows_Gathers()
    {
        var market = new Market(11);
        var watch = new DriftWatch(market.Reference(10), new());
        Assert.Equal(DriftState.Gathering, watch.Read().State);
        Assert.True(watch.Add(Start, new float[FeatureCount], 0.5));
        Assert.False(watch.Add(Start, new float[FeatureCount], 0.5));
        Assert.False(watch.Add(Start + TimeSpan.FromSeconds(59), new float[FeatureCount], 0.5));
        Assert.False(watch.Add(Start - TimeSpan.FromDays(1), new float[FeatureCount], 0.5));
        Assert.Equal((DriftState.Gathering, 1), (watch.Read().State, watch.Read().Rows));
        Assert.Throws<ArgumentException>(() => watch.Add(Start, new float[3], 0.5));
        Assert.Equal(DriftState.Unknown, DriftReport.Unknown.State);
    }

    [Fact]
    public void Load_SavedState_ContinuesTheSame()
    {
        var (one, two) = (new Market(12), new Market(12));
        var reference = one.Reference(30);
        two.Reference(30);
        var kept = new DriftWatch(reference, new());
        one.Walk(kept, 9, 0.5, 5);
        var writer = new StateWriter();
        kept.Save(writer);
        var restored = new DriftWatch(reference, new());
        var reader = new StateReader(writer.Written);
        restored.Load(reader);
        reader.End();
        two.Walk(new DriftWatch(reference, new()), 9, 0.5, 5);

        one.Walk(kept, 3, 0.5, 5);
        two.Walk(restored, 3, 0.5, 5);

        Assert.Equal(kept.Read().Features.AsEnumerable(), restored.Read().Features);
        Assert.Throws<StateFormatException>(() => new DriftWatch(reference, new() { Blocks = 8 }).Load(new StateReader(writer.Written)));
    }

    /// <summary>Features of minutes with a memory of half an hour; the score follows the first.</summary>
    private sealed class Market(int seed)
    {
        private const double Memory = 0.97;

        private readonly Random _random = new(seed);
        private readonly double[] _values = new double[FeatureCount + 1];
        private Timestamp _time = Start;

        public DriftReference Reference(int days)
        {
            var rows = Enumerable.Range(0, FeatureCount + 1).Select(_ => new float[days * MinutesPerDay]).ToArray();
            for (var row = 0; row < days * MinutesPerDay; row++)
            {
                Step();
                for (var i = 0; i <= FeatureCount; i++)
                {
                    rows[i][row] = (float)_values[i];
                }
            }

            return new([.. Enumerable.Range(0, FeatureCount).Select(i => $"f{i}")], [.. rows.Take(FeatureCount).Select(r => FeatureBins.Of(r))], FeatureBins.Of(rows[^1]));
        }

        public void Walk(DriftWatch watch, int days, double shift, int shifted, double scoreShift = 0)
        {
            var features = new float[FeatureCount];
            for (var minute = 0; minute < days * MinutesPerDay; minute++)
            {
                Step();
                for (var i = 0; i < FeatureCount; i++)
                {
                    features[i] = (float)(_values[i] + (i < shifted ? shift : 0));
                }

                watch.Add(_time, features, _values[^1] + scoreShift);
                _time += TimeSpan.FromMinutes(1);
            }
        }

        private void Step()
        {
            for (var i = 0; i < _values.Length; i++)
            {
                // The sum of three uniform numbers has a variance of 1/4.
                var shock = 2 * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
                _values[i] = (Memory * _values[i]) + (Math.Sqrt(1 - (Memory * Memory)) * shock);
            }
        }
    }
}
