using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution;

public sealed class PaperRestingTests
{
    [Fact]
    public void Trade_AtPrice_FillsOnlyBeyondTheQueue()
    {
        var market = Resting();
        Assert.Equal("", market.Trade(60, Side.Sell, "100", "4").Fills());
        Assert.Equal("", market.Trade(61, Side.Sell, "100", "1").Fills());
        Assert.Equal("0.25@100m", market.Trade(62, Side.Sell, "100", "0.25").Fills());
        Assert.Equal(OrderStatus.PartiallyFilled, market.Order().Status);
        Assert.Equal("0.75@100m", market.Trade(63, Side.Sell, "100", "9").Fills());
        Assert.Equal(OrderStatus.Filled, market.Order().Status);
        Assert.Equal(At(63), market.Order().UpdatedAt);
        Assert.Equal("", market.Trade(64, Side.Sell, "100", "9").Fills());
    }

    [Fact]
    public void Trade_OfOtherSideOrWorsePrice_DoesNothing()
    {
        var market = Resting().Trade(60, Side.Buy, "100", "9").Trade(61, Side.Sell, "100.5", "9");
        Assert.Equal("", market.Trade(62, Side.Sell, "100", "5").Fills());
    }

    [Fact]
    public void Trade_ThroughPrice_FillsAtTheLimitWithoutQueue()
    {
        var market = Resting();
        Assert.Equal("0.4@100m", market.Trade(60, Side.Sell, "99.5", "0.4").Fills());
        Assert.Equal("0.1@100m", market.Trade(61, Side.Sell, "100", "0.1").Fills());
    }

    [Fact]
    public void Trade_ForSellOrder_MirrorsBuy()
    {
        var market = Open().Submit(Intent(side: Side.Sell, limit: "102")).Delta(50);
        Assert.Equal("", market.Trade(60, Side.Sell, "103", "9").Fills());
        Assert.Equal("0.5@102m", market.Trade(61, Side.Buy, "102", "2.5").Fills());
        Assert.Equal("0.5@102m", market.Trade(62, Side.Buy, "102.5", "2.5").Fills());
    }

    [Fact]
    public void Level_ShrunkByCancels_MovesQueueInProportion()
    {
        // 5 ahead and 5 behind: half of a shrink by 4 is ahead.
        var market = Resting().Delta(60, "100x10").Delta(61, "100x6");
        Assert.Equal("", market.Trade(62, Side.Sell, "100", "3").Fills());
        Assert.Equal("0.1@100m", market.Trade(63, Side.Sell, "100", "0.1").Fills());
    }

    [Fact]
    public void Level_ShrunkByTrades_IsNotTakenForCancels()
    {
        var market = Resting().Delta(60, "100x10").Trade(61, Side.Sell, "100", "2").Delta(62, "100x8");
        Assert.Equal("", market.Trade(63, Side.Sell, "100", "3").Fills());
        Assert.Equal("1@100m", market.Trade(64, Side.Sell, "100", "1").Fills());
    }

    [Fact]
    public void Level_Gone_LeavesNobodyAhead() =>
        Assert.Equal("0.3@100m", Resting().Delta(60, "100x0").Trade(61, Side.Sell, "100", "0.3").Fills());

    [Fact]
    public void Limit_ImprovingTheBest_IsFirst() =>
        Assert.Equal(
            "0.3@100.5m", Open().Submit(Intent(limit: "100.5")).Delta(50).Trade(60, Side.Sell, "100.5", "0.3").Fills());

    [Fact]
    public void Book_OtherSideReachesPrice_Fills()
    {
        var market = Resting().Delta(60, "100x0", "100x0.4");
        Assert.Equal("0.4@100m", market.Fills());
        Assert.Equal("", market.Delta(61, "99x3").Fills());
    }

    [Fact]
    public void Trade_TwoOwnOrders_ShareItsQuantity()
    {
        var market = Resting().Submit(Intent("b", limit: "100", atMs: 10)).Delta(60);
        Assert.Equal("1@100m 0.5@100m", market.Trade(61, Side.Sell, "100", "6.5").Fills());
    }

    [Fact]
    public void Book_Lost_FillsOnlyTradesThroughUntilItIsBack()
    {
        var market = Resting().Gap(60);
        Assert.Equal("", market.Trade(61, Side.Sell, "100", "9").Fills());
        Assert.Equal("0.1@100m", market.Trade(62, Side.Sell, "99", "0.1").Fills());
        market.Snapshot("100x2 99x1", "101x1");
        Assert.Equal("", market.Trade(63, Side.Sell, "100", "2").Fills());
        Assert.Equal("0.2@100m", market.Trade(64, Side.Sell, "100", "0.2").Fills());
    }

    [Fact]
    public void Cancel_Resting_TakesLatencyAndFillsMeanwhile()
    {
        var market = Resting();
        Assert.Equal(1, market.Execution.CancelAll(At(60), "halt"));
        Assert.Equal(0, market.Execution.CancelAll(At(60), "halt"));
        Assert.Equal(OrderStatus.PendingCancel, market.Order().Status);
        market.Trade(100, Side.Sell, "99", "0.4").Delta(110);
        Assert.Equal("0.4@100m", market.Fills());
        Assert.Equal(OrderStatus.Canceled, market.Order().Status);
        Assert.Equal("halt", market.Order().Reason);
        Assert.Equal(At(110), market.Order().UpdatedAt);
        Assert.Empty(market.Execution.OpenOrders);
        Assert.Equal("", market.Trade(111, Side.Sell, "99", "9").Fills());
        Assert.Equal(0, market.Execution.Anomalies);
    }

    [Fact]
    public void Cancel_FilledMeanwhile_StaysFilled()
    {
        var market = Resting();
        market.Execution.CancelAll(At(60), "halt");
        market.Trade(100, Side.Sell, "99", "9").Delta(110);
        Assert.Equal(OrderStatus.Filled, market.Order().Status);
        Assert.Equal(0, market.Execution.Anomalies);
    }

    [Fact]
    public void Cancel_UnknownOrEnded_IsRefused()
    {
        var market = Resting();
        Assert.False(market.Execution.Cancel("nobody", At(60), "why"));
        market.Trade(61, Side.Sell, "99", "9");
        Assert.False(market.Execution.Cancel("a", At(62), "why"));
    }

    [Fact]
    public void Cancel_WhileWaitingForABook_Cancels()
    {
        var market = new PaperMarket().Submit(Intent()).Delta(60);
        market.Execution.CancelAll(At(60), "halt");
        Assert.Equal(OrderStatus.Canceled, market.Delta(110).Order().Status);
    }

    private static PaperMarket Resting() => Open().Submit(Intent(limit: "100")).Delta(50);

    private static PaperMarket Open() => new PaperMarket().Snapshot("100x5 99x3", "101x1 102x2").Delta(0);
}
