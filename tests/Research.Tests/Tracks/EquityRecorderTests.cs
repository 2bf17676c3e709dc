using BtcAgent.Domain.Bars;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Tests.Tracks;

/// <summary>The figures use every point, in the period that it covers.</summary>
public sealed class EquityRecorderTests
{
    [Fact]
    public void Returns_BarThatClosesAtMidnight_BelongToTheDayThatItCovers()
    {
        var recorder = new EquityRecorder(100, 0);
        for (var hour = 1; hour <= 40 * 24; hour++)
        {
            // Equity grows by 1 % in the last hour of each day, the bar that closes at midnight.
            recorder.Add(Market.Start + TimeSpan.FromHours(hour), 100 * Math.Pow(1.01, hour / 24), 1, isExposed: true);
        }

        var track = recorder.Complete();

        Assert.Equal(40, track.Returns.Length);
        Assert.All(track.Returns, r => Assert.Equal(0.01, r, 1e-12));
    }

    /// <summary>The hours of a short run are the days of a long one, wherever in a day it begins and ends.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void ReturnsIn_LongerPeriod_AreThoseOfALongRun(int startHour)
    {
        var (shorter, longer) = (new EquityRecorder(100, 0), new EquityRecorder(100, 0));
        var random = new Random(3);
        var equity = 100.0;
        for (var quarter = 1; quarter <= 40 * 96; quarter++)
        {
            equity *= 1 + (0.001 * (random.NextDouble() - 0.5));
            var time = Market.Start + TimeSpan.FromHours(startHour) + TimeSpan.FromMinutes(15 * quarter);
            longer.Add(time, equity, 1, isExposed: true);
            if (quarter <= 20 * 96)
            {
                shorter.Add(time, equity, 1, isExposed: true);
            }
        }

        var (hours, days) = (shorter.Complete(), longer.Complete());
        Assert.Equal(("hour", "day"), (hours.Period.Name, days.Period.Name));
        var found = hours.ReturnsIn(days.Period);
        var complete = startHour == 0 ? found.Length : found.Length - 1;
        Assert.Equal(20, complete);
        for (var day = 0; day < complete; day++)
        {
            Assert.Equal(days.Returns[day], found[day], 1e-12);
        }

        Assert.Equal(shorter.Complete().Final / 100, found.Aggregate(1.0, (growth, one) => growth * (1 + one)), 1e-9);
        Assert.Equal(hours.Returns, hours.ReturnsIn(hours.Period));
        Assert.Throws<ArgumentException>(() => days.ReturnsIn(hours.Period));
    }

    /// <summary>The curve of 450,000 bars keeps every third; the last bar of a day is none of them on most days.</summary>
    [Fact]
    public void From_RunWithAThinnedCurve_HasTheFiguresOfEveryBar()
    {
        var bars = Market.Walk(seed: 9, minutes: 450_000, missing: 0);
        var options = new BarBacktestOptions { Base = 2, Quantity = 0.5m, FeeBps = 1 };
        var result = new BarBacktest(options).Run("turns", Market.Btc, "test", bars, new Turns());
        Assert.InRange(result.Curve.Length, 1_000, BacktestResult.CurvePointsMax);

        var metrics = PerformanceMetrics.From(result);

        var equity = EquityOfEveryBar(bars, result);
        const long Day = 24 * 3_600 * Timestamp.NanosecondsPerSecond;
        var days = equity.Skip(1).GroupBy(p => (p.Time.UnixNanoseconds - 1) / Day).Select(g => g.Last().Equity).ToArray();
        var returns = days.Select((e, i) => (e / (i == 0 ? equity[0].Equity : days[i - 1])) - 1).ToArray();
        Assert.Equal(returns.Length, metrics.Periods);
        Assert.Equal(ReturnStatistics.Sharpe(returns, 365), metrics.Sharpe, 1e-6);
        Assert.Equal(ReturnStatistics.AnnualVolatility(returns, 365), metrics.Volatility, 1e-9);
        var (peak, depth) = (double.MinValue, 0.0);
        foreach (var (_, value) in equity)
        {
            peak = Math.Max(peak, value);
            depth = Math.Min(depth, (value / peak) - 1);
        }

        Assert.Equal(depth, metrics.MaxDrawdown.Depth, 1e-9);
        Assert.Equal((double)result.FinalCash - 100_000, metrics.NetProfit, 1e-6);
    }

    [Theory]
    [InlineData(0.5, "second", 1_800)]
    [InlineData(3, "minute", 180)]
    [InlineData(24 * 3, "hour", 72)]
    [InlineData(24 * 31, "day", 31)]
    public void Complete_RunOfAnyLength_HasTheReturnsOfItsPeriod(double hours, string period, int returns)
    {
        var recorder = new EquityRecorder(100, 0);
        var step = TimeSpan.FromSeconds(hours > 24 ? 60 : 1);
        var points = (int)(TimeSpan.FromHours(hours) / step);
        for (var i = 0; i <= points; i++)
        {
            recorder.Add(Market.Start + TimeSpan.FromMilliseconds(1) + (step * i), 100 + (i % 7), 1, isExposed: i % 2 == 0);
        }

        var track = recorder.Complete();

        Assert.Equal(period, track.Period.Name);
        Assert.InRange(track.Returns.Length, returns, returns + 1);
        Assert.Equal((100 + (points % 7)) / 100.0, track.Returns.Aggregate(1.0, (growth, r) => growth * (1 + r)), 1e-9);
        Assert.Equal((points / 2) + 1, track.Exposed);
    }

    private static List<(Timestamp Time, double Equity)> EquityOfEveryBar(Bar[] bars, BacktestResult result)
    {
        var equity = new List<(Timestamp Time, double Equity)> { (bars[0].OpenTime, 100_000 + (2 * bars[0].Close.ToDouble())) };
        var (cash, traded, next) = (100_000.0, 0.0, 0);
        foreach (var bar in bars)
        {
            for (; next < result.Fills.Length && result.Fills[next].EventTime <= bar.CloseTime; next++)
            {
                var fill = result.Fills[next];
                var sign = fill.Side == Side.Buy ? 1 : -1;
                cash -= (sign * (double)fill.Notional) + (double)fill.Fee;
                traded += sign * (double)fill.Quantity;
            }

            equity.Add((bar.CloseTime, cash + (2 * bars[0].Close.ToDouble()) + (traded * bar.Close.ToDouble())));
        }

        return equity;
    }

    /// <summary>Long and short in turn, every 1,237 bars.</summary>
    private sealed class Turns : IBarRule
    {
        private int _bars;

        public BarTarget OnBar(in Bar bar) =>
            _bars++ % 1_237 == 0 ? (_bars / 1_237 % 2 == 0 ? BarTarget.Long : BarTarget.Short) : BarTarget.Stay;
    }
}
