using BtcAgent.Domain.Bars;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Research.Tests.Backtests;

/// <summary>Exits within a bar, whose four prices are known and not their order.</summary>
public sealed class ProtectiveExitTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    private static readonly ExitOptions StopAndTarget = new() { StopLoss = 0.02m, TakeProfit = 0.03m };

    [Theory]
    [InlineData(1, 99, 101, 98, 100, 98, ExitReason.StopLoss)]
    [InlineData(1, 99, 101, 98.01, 100, 0, ExitReason.Signal)]
    [InlineData(1, 97, 99, 96, 98, 97, ExitReason.StopLoss)]
    [InlineData(1, 101, 103, 100, 102, 103, ExitReason.TakeProfit)]
    [InlineData(1, 104, 106, 103, 105, 104, ExitReason.TakeProfit)]
    [InlineData(1, 100, 110, 90, 105, 98, ExitReason.StopLoss)]
    [InlineData(-1, 101, 102, 99, 100, 102, ExitReason.StopLoss)]
    [InlineData(-1, 103, 104, 100, 101, 103, ExitReason.StopLoss)]
    [InlineData(-1, 99, 100, 97, 98, 97, ExitReason.TakeProfit)]
    [InlineData(-1, 96, 97, 95, 96, 96, ExitReason.TakeProfit)]
    [InlineData(-1, 100, 110, 90, 95, 102, ExitReason.StopLoss)]
    public void Bar_AfterAnEntryAt100_EndsThePositionAgainstIt(
        int side, double open, double high, double low, double close, double expected, ExitReason reason)
    {
        var result = Run(StopAndTarget, [(100, 100, 100, 100), ((decimal)open, (decimal)high, (decimal)low, (decimal)close)], side, side);

        var trip = Assert.Single(result.RoundTrips);
        Assert.Equal(expected == 0 ? ExitReason.EndOfBars : reason, trip.Exit);
        Assert.Equal(expected == 0 ? (decimal)close : (decimal)expected, trip.ExitPrice);
    }

    [Fact]
    public void ExitTime_AtTheOpenOrInTheMiddleOfTheBar()
    {
        var gap = Run(StopAndTarget, [(100, 100, 100, 100), (97, 99, 96, 98)], 1, 1).RoundTrips[0];
        var within = Run(StopAndTarget, [(100, 100, 100, 100), (99, 101, 98, 100)], 1, 1).RoundTrips[0];

        Assert.Equal(TimeSpan.Zero, gap.ExitTime - gap.EntryTime);
        Assert.Equal(TimeSpan.FromSeconds(30), within.ExitTime - within.EntryTime);
    }

    [Fact]
    public void TrailingStop_HighAndLowOfOneBar_FollowsOnlyCompletedBars()
    {
        // The bar rises to 110 and falls to 107: 107 is below 110 less 2 %, but that stop is known only when the bar is complete.
        var bars = new (decimal, decimal, decimal, decimal)[] { (100, 100, 100, 100), (105, 110, 107 - 4, 109), (109, 109.5m, 107, 108) };

        var trip = Assert.Single(Run(new ExitOptions { TrailingStop = 0.02m }, bars, 1, 1, 1).RoundTrips);

        Assert.Equal((ExitReason.TrailingStop, 107.8m), (trip.Exit, trip.ExitPrice));
    }

    [Fact]
    public void TrailingOffset_GainNotReached_LeavesThePositionAlone()
    {
        var bars = new (decimal, decimal, decimal, decimal)[]
        {
            (100, 100, 100, 100), (100, 102, 99, 101), (101, 101, 95, 96), (96, 106, 96, 106), (106, 106, 100, 101),
        };

        var trip = Assert.Single(Run(new ExitOptions { TrailingStop = 0.03m, TrailingOffset = 0.05m }, bars, 1, 1, 1, 1, 1).RoundTrips);

        Assert.Equal((ExitReason.TrailingStop, 102.82m), (trip.Exit, trip.ExitPrice));
    }

    [Fact]
    public void StopAndTrailingStop_TheNearerOneEnds()
    {
        var bars = new (decimal, decimal, decimal, decimal)[] { (100, 100, 100, 100), (100, 101, 99.5m, 100), (100, 100, 90, 95) };

        var both = Run(new ExitOptions { StopLoss = 0.05m, TrailingStop = 0.02m }, bars, 1, 1, 1).RoundTrips[0];
        var near = Run(new ExitOptions { StopLoss = 0.005m, TrailingStop = 0.02m }, bars, 1, 1, 1).RoundTrips[0];

        Assert.Equal((ExitReason.TrailingStop, 98.98m), (both.Exit, both.ExitPrice));
        Assert.Equal((ExitReason.StopLoss, 99.5m), (near.Exit, near.ExitPrice));
    }

    [Fact]
    public void SameWish_AfterAnExit_EntersOnlyAfterAnotherWish()
    {
        var calm = (100m, 100.5m, 99.5m, 100m);
        var result = Run(StopAndTarget, [calm, (100, 100, 97, 98), calm, calm, calm, calm], 1, 1, 1, 0, 1, 1);

        Assert.Equal(2, result.RoundTrips.Length);
        Assert.Equal([ExitReason.StopLoss, ExitReason.EndOfBars], result.RoundTrips.Select(t => t.Exit));
        Assert.Equal(TimeSpan.FromMinutes(5), result.RoundTrips[1].EntryTime - Start);
    }

    [Fact]
    public void EntryAtTheOpen_SameBar_IsWatched()
    {
        var bars = new (decimal, decimal, decimal, decimal)[] { (100, 100, 100, 100), (100, 101, 97, 99) };

        var result = Run(StopAndTarget, bars, new BarBacktestOptions { Fill = FillAt.NextOpen }, 1, 1);

        Assert.Equal((ExitReason.StopLoss, 98m), (result.RoundTrips[0].Exit, result.RoundTrips[0].ExitPrice));
    }

    [Fact]
    public void Exit_WithCosts_PaysThemToo()
    {
        var options = new BarBacktestOptions { SlippageBps = 10, FeeBps = 10, Quantity = 2 };
        var result = Run(StopAndTarget, [(100, 100, 100, 100), (99, 101, 95, 100)], options, 1, 1);

        // In at 100.1; the stop is 2 % below at 98.098, less 10 bps.
        var exit = decimal.Round(98.098m * 0.999m, 8, MidpointRounding.ToZero);
        Assert.Equal(exit, result.RoundTrips[0].ExitPrice);
        Assert.Equal(2 * (100.1m + exit) * 0.001m, result.Fees);
    }

    [Theory]
    [InlineData(0.0, null, null, 0.0)]
    [InlineData(1.0, null, null, 0.0)]
    [InlineData(null, -0.1, null, 0.0)]
    [InlineData(null, null, 2.0, 0.0)]
    [InlineData(0.1, null, null, 0.1)]
    public void Check_OutOfRange_IsRefused(double? stop, double? target, double? trail, double offset) =>
        Assert.Throws<ArgumentException>(() => new BarBacktest(new BarBacktestOptions
        {
            Exits = new ExitOptions
            {
                StopLoss = (decimal?)stop,
                TakeProfit = (decimal?)target,
                TrailingStop = (decimal?)trail,
                TrailingOffset = (decimal)offset,
            },
        }));

    private static Timestamp Start => Timestamp.FromUnixMilliseconds(60_000);

    private static BacktestResult Run(ExitOptions exits, (decimal, decimal, decimal, decimal)[] bars, params int[] wishes) =>
        Run(exits, bars, new BarBacktestOptions { FeeBps = 0 }, wishes);

    private static BacktestResult Run(
        ExitOptions exits, (decimal Open, decimal High, decimal Low, decimal Close)[] bars, BarBacktestOptions options, params int[] wishes) =>
        new BarBacktest(options with { Exits = exits, Base = 10 }).Run(
            "scripted",
            Instrument,
            "test",
            bars.Select((b, i) => new Bar(
                Start + TimeSpan.FromMinutes(i), TimeSpan.FromMinutes(1), Price.FromDecimal(b.Open), Price.FromDecimal(b.High),
                Price.FromDecimal(b.Low), Price.FromDecimal(b.Close), Quantity.Parse("1"), Quantity.Zero, 0, 1)).ToArray(),
            new Scripted(wishes));

    private sealed class Scripted(int[] wishes) : IBarRule
    {
        private int _next;

        public BarTarget OnBar(in Bar bar) => (BarTarget)wishes[_next++];
    }
}
