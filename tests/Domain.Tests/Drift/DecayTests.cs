using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Drift;

/// <summary>Decay of probabilities and profits, and age.</summary>
public sealed class DecayTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_225_600_000);
    private static readonly PerformanceCusum Cusum = new() { Mean = 0.001, Deviation = 0.02 };

    /// <summary>The formula's run length against simulated ones, with and without a fall.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void Cusum_RunLength_IsTheFormula(double fall)
    {
        const int runs = 200;
        var random = new Random(5);
        var days = 0L;
        for (var run = 0; run < runs; run++)
        {
            var cusum = Cusum;
            for (; !cusum.IsAlarm; days++)
            {
                cusum = cusum.Add(Cusum.Mean + (Cusum.Deviation * (NormalDistribution.Quantile((random.Next(1 << 24) + 0.5) / (1 << 24)) - fall)));
            }
        }

        Assert.InRange(days / (double)runs / Cusum.AverageRunLength(fall), 0.8, 1.2);
    }

    [Fact]
    public void Cusum_NotANumberAndReset_ChangeNothingAndBegin()
    {
        var fallen = Cusum.Add(-0.1);

        Assert.Equal(fallen, fallen.Add(double.NaN));
        Assert.True(fallen.Sum > 0);
        Assert.Equal(0, fallen.Reset().Sum);
    }

    /// <summary>A hundred years of calibrated days in periods of 90 at an error of 1 %: a few false alarms at most.</summary>
    [Fact]
    public void Calibration_Calibrated_RarelyAlarms()
    {
        var alarms = 0;
        for (var period = 0; period < 400; period++)
        {
            alarms += AlarmDay(new Random(period), 90, bias: 0) is null ? 0 : 1;
        }

        Assert.InRange(alarms, 0, 8);
    }

    /// <summary>Probabilities that are too high by 0.15: found within a month or two.</summary>
    [Fact]
    public void Calibration_Decayed_IsFound()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.InRange(AlarmDay(new Random(seed), 180, bias: 0.15) ?? int.MaxValue, 10, 60);
        }
    }

    [Fact]
    public void Calibration_OutOfRange_IsLeftOut()
    {
        var watch = new CalibrationWatch { ReferenceBrier = 0.24 };

        Assert.Same(watch, watch.Add(Start, double.NaN, true));
        Assert.Same(watch, watch.Add(Start, 1.01, true));
        Assert.True(double.IsNaN(watch.Brier));
    }

    [Theory]
    [InlineData(59, DriftState.None)]
    [InlineData(60, DriftState.Warning)]
    [InlineData(90, DriftState.Alarm)]
    public void ModelAge_Days_HaveTheirState(int days, DriftState state)
    {
        Assert.Equal(state, ModelAge.Default.Of(Start, Start + TimeSpan.FromDays(days)));
        Assert.Contains($"{days} days", ModelAge.Default.Describe(Start, Start + TimeSpan.FromDays(days)), StringComparison.Ordinal);
        Assert.Equal(DriftState.Unknown, ModelAge.Default.Of(Timestamp.Unknown, Start));
    }

    /// <summary>Day of the first alarm; 48 outcomes a day whose probabilities are true but for the bias.</summary>
    private static int? AlarmDay(Random random, int days, double bias)
    {
        // E[p(1 − p)] for p uniform on 0.35…0.65.
        var watch = new CalibrationWatch { ReferenceBrier = 0.25 - (0.3 * 0.3 / 12) };
        for (var i = 0; i < days * 48; i++)
        {
            var truth = 0.35 + (0.3 * random.NextDouble());
            watch = watch.Add(Start + TimeSpan.FromMinutes(30 * i), truth + bias, random.NextDouble() < truth);
            if (watch.IsAlarm)
            {
                return i / 48;
            }
        }

        return null;
    }
}
