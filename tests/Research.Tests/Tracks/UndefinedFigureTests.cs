using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Tests.Tracks;

/// <summary>Where nothing varies, ratios are undefined: rounding is no risk.</summary>
public sealed class UndefinedFigureTests
{
    /// <summary>Inventory at a price that moves: equity less the inventory's rise varies by rounding alone.</summary>
    [Fact]
    public void From_RunWithoutATrade_IsUndefinedAndNoNumberOfNoise()
    {
        var bars = Market.Walk(seed: 3, minutes: 400_000, missing: 0);
        var metrics = PerformanceMetrics.From(Run(bars, new Never(), new BarBacktestOptions { Base = 1 }));

        AssertUndefined(metrics);
        Assert.Equal(0, metrics.TotalReturn);
        Assert.Equal(0, metrics.NetProfit);
        Assert.Equal(0, metrics.MaxDrawdown.Depth);
        Assert.Equal(TimeSpan.Zero, metrics.MaxDrawdown.Longest);
    }

    /// <summary>The price grows by a quarter each day, exactly at first and to eight decimals later.</summary>
    [Fact]
    public void From_ConstantGrowth_IsUndefined()
    {
        var price = 1m;
        var recorder = new EquityRecorder(1, 0);
        var returns = new double[60];
        for (var day = 1; day <= returns.Length; day++)
        {
            var next = decimal.Round(price * 1.25m, 8);
            returns[day - 1] = (double)(next / price) - 1;
            price = next;
            recorder.Add(Market.Start + TimeSpan.FromDays(day), (double)price, (double)price, isExposed: true);
        }

        Assert.Equal(returns.Length, recorder.Complete().Returns.Length);
        Assert.False(ReturnStatistics.IsDispersed(recorder.Complete().Returns.AsSpan()));
        Assert.Equal(double.NaN, ReturnStatistics.Sharpe(recorder.Complete().Returns.AsSpan(), 365));
        Assert.Equal(double.PositiveInfinity, ReturnStatistics.Sortino(returns, 365));
    }

    [Theory]
    [InlineData(1e-16, 3e-16, true)]
    [InlineData(0.25, 0.25 + 1e-10, true)]
    [InlineData(1e-9, 3e-9, false)]
    [InlineData(0.01, -0.01, false)]
    public void IsDispersed_DifferenceOfTwoReturns_IsComparedWithItsScale(double a, double b, bool isRounding)
    {
        double[] returns = [a, b, a, b, a, b, a, b];

        Assert.Equal(!isRounding, ReturnStatistics.IsDispersed(returns));
        Assert.Equal(isRounding, double.IsNaN(ReturnStatistics.Sharpe(returns, 365)));
    }

    [Fact]
    public void Drawdown_FallOfRounding_IsNone()
    {
        var recorder = new EquityRecorder(100_000, 0);
        for (var day = 1; day <= 40; day++)
        {
            recorder.Add(Market.Start + TimeSpan.FromDays(day), 100_000 - (day * 1e-9), 1, isExposed: true);
        }

        Assert.Equal(new Drawdown(0, Day(1), Day(1), Day(1), TimeSpan.Zero), recorder.Complete().MaxDrawdown);
    }

    private static Timestamp Day(int day) => Market.Start + TimeSpan.FromDays(day);

    private static BacktestResult Run(Bar[] bars, IBarRule rule, BarBacktestOptions options) =>
        new BarBacktest(options).Run("never", Market.Btc, "test", bars, rule);

    private static void AssertUndefined(PerformanceMetrics m)
    {
        foreach (var (name, figure) in new[]
        {
            ("volatility", m.Volatility), ("Sharpe", m.Sharpe), ("Sortino", m.Sortino), ("Calmar", m.Calmar),
            ("skewness", m.Skewness),
            ("kurtosis", m.Kurtosis), ("probabilistic Sharpe", m.ProbabilisticSharpe), ("deflated Sharpe", m.DeflatedSharpe),
            ("profit factor", m.ProfitFactor), ("win rate", m.WinRate), ("expectancy", m.Expectancy),
        })
        {
            Assert.True(double.IsNaN(figure), string.Create(CultureInfo.InvariantCulture, $"{name} is {figure}"));
        }
    }

    private sealed class Never : IBarRule
    {
        public BarTarget OnBar(in Bar bar) => BarTarget.Stay;
    }
}
