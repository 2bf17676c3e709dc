using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Optimization.Sweeps;

namespace BtcAgent.Research.Tests.Optimization.Sweeps;

/// <summary>The sweep in columns beside one backtest a set.</summary>
public sealed class EmaCrossSweepTests
{
    private static readonly (int Fast, int Slow)[] Sets =
        [.. from fast in Enumerable.Range(1, 14) from slow in Enumerable.Range(2, 22) where fast < slow select (fast, 3 * slow)];

    public static TheoryData<BarBacktestOptions> Options() =>
    [
        new BarBacktestOptions { Fraction = 0.25m, LongOnly = true },
        new BarBacktestOptions { Fraction = 1, LongOnly = true, SlippageBps = 3, Fill = FillAt.NextOpen },
        new BarBacktestOptions { Quantity = 0.01m, Base = 1, FeeBps = 7.5m },
        new BarBacktestOptions { Fraction = 0.5m, Base = 3, Cash = 50_000, Fill = FillAt.NextOpen, SlippageBps = 1.25m },
        new BarBacktestOptions { Fraction = 0.33m, LongOnly = true, FeeBps = 0 },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Run_EachSet_HasTheBitsOfItsBacktest(BarBacktestOptions options)
    {
        var bars = Market.Walk(seed: 5, minutes: 2_500);

        var figures = new EmaCrossSweep(bars, options).Run(Sets);

        for (var i = 0; i < Sets.Length; i++)
        {
            Assert.Equal(Backtest(bars, options, Sets[i]), figures[i]);
        }
    }

    /// <summary>Months of bars are judged by days, hours of them by minutes: the periods' ends are those of the backtest.</summary>
    [Theory]
    [InlineData(70, 900)]
    [InlineData(3_000, 60_000)]
    public void Run_OtherSpans_HaveTheSamePeriods(int seed, int minutes)
    {
        var bars = Market.Walk(seed, minutes, missing: 0.3);
        var options = new BarBacktestOptions { Fraction = 0.5m, LongOnly = true };
        (int, int)[] sets = [(3, 9), (5, 40)];

        var figures = new EmaCrossSweep(bars, options).Run(sets);

        Assert.Equal(Backtest(bars, options, sets[0]), figures[0]);
        Assert.Equal(Backtest(bars, options, sets[1]), figures[1]);
    }

    /// <summary>A short position that needs more inventory than there is has no figures: its own backtest names what is missing.</summary>
    [Fact]
    public void Run_InventoryDoesNotReach_LeavesTheSetToItsBacktest()
    {
        var bars = Market.Walk(seed: 5, minutes: 2_000);
        var options = new BarBacktestOptions { Quantity = 2, Base = 1 };

        Assert.Null(new EmaCrossSweep(bars, options).Run([(3, 9)])[0]);
        Assert.Throws<BacktestException>(() => Backtest(bars, options, (3, 9)));
    }

    [Fact]
    public void Run_LengthsInTheWrongOrder_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new EmaCrossSweep(Market.Walk(1, 100), new BarBacktestOptions()).Run([(9, 3)]));

    private static SweepFigures Backtest(Domain.Bars.Bar[] bars, BarBacktestOptions options, (int Fast, int Slow) set)
    {
        var result = new BarBacktest(options).Run("", Market.Btc, "", bars, new EmaCrossBars(new EmaCrossModel(set.Fast, set.Slow)));
        var metrics = PerformanceMetrics.From(result);
        return new SweepFigures(
            result.RoundTrips.Length, result.FinalCash, metrics.TotalReturn, metrics.Sharpe, metrics.MaxDrawdown.Depth, metrics.ProfitFactor);
    }
}
