using BtcAgent.Research.Backtests;

namespace BtcAgent.Research.Tests.Backtests;

/// <summary>An order may fill in parts; a round trip is what one order opened and one order closed.</summary>
public sealed class RoundTripMatcherTests
{
    [Fact]
    public void Match_OrdersFilledInParts_AreOneRoundTrip()
    {
        BacktestFill[] fills = [Fill(1, Side.Buy, 100, 1), Fill(2, Side.Buy, 102, 3), Fill(3, Side.Sell, 110, 2), Fill(4, Side.Sell, 106, 2)];

        var trip = Assert.Single(RoundTripMatcher.Match(fills, ["a", "a", "b", "b"]));

        Assert.Equal((Market.At(1), Market.At(4), Side.Buy, 4m), (trip.EntryTime, trip.ExitTime, trip.Side, trip.Quantity));
        Assert.Equal((101.5m, 108m), (trip.EntryPrice, trip.ExitPrice));
        Assert.Equal((26m, 8m, 18m), (trip.GrossPnl, trip.Fees, trip.NetPnl));
    }

    /// <summary>Parts of two orders arrive in turn; the second closing order also opens the other way.</summary>
    [Fact]
    public void Match_PartsOfOrdersInTurn_ArePairedByOrder()
    {
        BacktestFill[] fills =
        [
            Fill(1, Side.Buy, 100, 1), Fill(2, Side.Buy, 100, 1), Fill(3, Side.Buy, 100, 1),
            Fill(4, Side.Sell, 110, 1), Fill(5, Side.Sell, 120, 1), Fill(6, Side.Sell, 110, 2), Fill(7, Side.Buy, 100, 1),
        ];

        var trips = RoundTripMatcher.Match(fills, ["a", "b", "a", "c", "d", "c", "e"]);

        Assert.Equal(
            [(Side.Buy, 2m, 100m, 110m), (Side.Buy, 1m, 100m, 120m), (Side.Sell, 1m, 110m, 100m)],
            trips.Select(t => (t.Side, t.Quantity, t.EntryPrice, t.ExitPrice)));
        Assert.Equal(fills.Sum(f => f.Fee), trips.Sum(t => t.Fees));
    }

    [Fact]
    public void Match_EachFillAnOrder_AreSeparate() => Assert.Equal(
        2, RoundTripMatcher.Match([Fill(1, Side.Buy, 100, 1), Fill(2, Side.Buy, 100, 1), Fill(3, Side.Sell, 110, 2)]).Length);

    private static BacktestFill Fill(int minute, Side side, decimal price, decimal quantity) =>
        new(Market.At(minute), side, price, quantity, 2, IsMaker: false, price, 0);
}
