using System.Collections.Immutable;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Tests.Metrics;

public sealed class PerformanceMetricsTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Drawdown_FallAndRecovery_IsMeasuredToTheRecovery()
    {
        var fall = Track(10, (0, 10), (1, 9), (2, 8), (5, 10), (6, 11)).MaxDrawdown;

        Assert.Equal(-0.2, fall.Depth, 1e-12);
        Assert.Equal((Day(0), Day(2), (Timestamp?)Day(5)), (fall.Peak, fall.Trough, fall.Recovered));
        Assert.Equal(TimeSpan.FromDays(5), fall.Longest);
    }

    [Fact]
    public void Drawdown_LossAtTheFirstPoint_Counts()
    {
        var fall = Track(10, (0, 9)).MaxDrawdown;

        Assert.Equal(-0.1, fall.Depth, 1e-12);
        Assert.Null(fall.Recovered);
        Assert.Equal(0, Track(10, (0, 10), (3, 10)).MaxDrawdown.Longest.Ticks);
    }

    [Fact]
    public void PeriodReturns_PeriodWithoutPoint_IsZero()
    {
        var track = Track(100, (0, 110), (3, 121), (40, 121));

        Assert.Equal("day", track.Period.Name);
        Assert.Equal([0.1, 0, 0, 0.1], track.Returns[..4].Select(r => Math.Round(r, 12)));
    }

    [Fact]
    public void From_RunThatEndsFlat_NetProfitIsTheRoundTrips()
    {
        var result = Result(
            [Fill(0, Side.Buy, 100, 101), Fill(1, Side.Sell, 110, 109), Fill(2, Side.Sell, 120, 119), Fill(3, Side.Buy, 125, 126)]);

        var metrics = PerformanceMetrics.From(result);

        Assert.Equal((double)result.RealizedPnl, metrics.NetProfit, 1e-9);
        Assert.Equal(4, metrics.Slippage, 1e-9);
        Assert.Equal(4, metrics.Fees, 1e-9);
        Assert.Equal(metrics.NetProfit, metrics.GrossProfit - metrics.Fees - metrics.Slippage, 1e-9);
        Assert.Equal(0.5, metrics.WinRate);
        Assert.Equal(6.0 / 9, metrics.ProfitFactor, 1e-9);
        Assert.Equal(-1.5, metrics.Expectancy, 1e-9);
        Assert.Equal(0.5, metrics.Exposure);
    }

    [Fact]
    public void From_InventoryThatRises_IsNoProfit()
    {
        var result = Result([]) with
        {
            InitialBase = 2,
            FinalBase = 2,
            Curve = [new(Day(0), 1_000 + 200, 100, 0), new(Day(1), 1_000 + 400, 200, 0)],
        };

        var metrics = PerformanceMetrics.From(result);

        Assert.Equal(0, metrics.TotalReturn, 1e-12);
        Assert.Equal(1, metrics.BuyAndHoldReturn, 1e-12);
        Assert.Equal(double.NaN, metrics.WinRate);
    }

    [Fact]
    public void From_NoPoint_IsUndefinedAndDoesNotThrow()
    {
        var metrics = PerformanceMetrics.From(Result([]) with { Curve = [] });

        Assert.Equal(double.NaN, metrics.Sharpe);
        Assert.Equal(double.NaN, metrics.Exposure);
        Assert.Equal(0, metrics.NetProfit);
    }

    private static Timestamp Day(double days) => Timestamp.FromDateTimeOffset(Start.AddDays(days));

    private static EquityTrack Track(double initial, params (double Day, double Equity)[] points)
    {
        var recorder = new EquityRecorder(initial, 0);
        foreach (var (day, equity) in points)
        {
            recorder.Add(Day(day), equity, price: 1, isExposed: false);
        }

        return recorder.Complete();
    }

    /// <summary>One unit, a fee of 1, one worse than the reference.</summary>
    private static BacktestFill Fill(double day, Side side, decimal reference, decimal price) =>
        new(Day(day), side, price, 1, 1, IsMaker: false, reference, 0);

    private static BacktestResult Result(ImmutableArray<BacktestFill> fills)
    {
        var trips = RoundTripMatcher.Match(fills);
        var (cash, position) = (1_000m, 0m);
        var curve = ImmutableArray.CreateBuilder<CurvePoint>();
        foreach (var fill in fills)
        {
            var sign = fill.Side == Side.Buy ? 1 : -1;
            (cash, position) = (cash - (sign * fill.Price) - fill.Fee, position + sign);
            curve.Add(new(fill.EventTime, (double)(cash + (position * fill.Price)), (double)fill.Price, (double)position));
        }

        return new BacktestResult
        {
            Strategy = "test",
            Instrument = "BINANCE:BTCUSDT",
            QuoteAsset = "USDT",
            Source = "test",
            Settings = ImmutableSortedDictionary<string, string>.Empty,
            InitialCash = 1_000,
            InitialBase = 0,
            FinalCash = cash,
            FinalBase = position,
            Fees = fills.Sum(f => f.Fee),
            Orders = fills.Length,
            Fills = fills,
            RoundTrips = trips,
            Curve = curve.ToImmutable(),
            Steps = fills.Length,
        };
    }
}
