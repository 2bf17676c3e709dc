using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution;

public sealed class PaperTakingTests
{
    [Fact]
    public void Market_LargerThanBest_WalksTheBook()
    {
        var market = Open().Submit(Intent(quantity: "2.5")).Delta(50);
        var fills = market.Execution.TakeFills();
        Assert.Equal(["paper-a-1", "paper-a-2"], fills.Select(fill => fill.TradeId));
        Assert.All(fills, fill => Assert.Equal(At(50), fill.EventTime));
        Assert.All(fills, fill => Assert.False(fill.IsMaker));
        Assert.Equal(OrderStatus.Filled, market.Order().Status);
        Assert.Equal(((1 * 101m) + (1.5m * 102m)) / 2.5m, market.Order().AverageFillPrice);
        Assert.Equal("paper-a", market.Order().VenueOrderId);
    }

    [Theory]
    [InlineData(49.9999, OrderStatus.Submitted)]
    [InlineData(50, OrderStatus.Filled)]
    public void Market_BeforeItsLatency_HasNotArrived(double eventMs, OrderStatus expected) =>
        Assert.Equal(expected, Open().Submit(Intent()).Delta(eventMs).Order().Status);

    [Fact]
    public void Market_Arriving_MeetsTheBookBeforeTheEventThatReachesItsTime() =>
        Assert.Equal("1@101", Open().Submit(Intent()).Delta(60, asks: "101x0 103x9").Fills());

    [Fact]
    public void Market_BookMovedDuringLatency_PaysTheNewPrice() =>
        Assert.Equal("1@102", Open().Submit(Intent()).Delta(40, asks: "101x0").Delta(60).Fills());

    [Fact]
    public void Market_BeyondTheKnownBook_ExpiresWithTheRest()
    {
        var market = Open().Submit(Intent(quantity: "10")).Delta(50);
        Assert.Equal("1@101 2@102 3@104", market.Fills());
        Assert.Equal(OrderStatus.Expired, market.Order().Status);
        Assert.Equal(Quantity.Parse("4"), market.Order().RemainingQuantity);
        Assert.StartsWith("NO_LIQUIDITY", market.Order().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Market_TakenLevel_StaysTakenUntilItChanges()
    {
        var market = Open().Submit(Intent("a", quantity: "0.7")).Delta(50).Submit(
            Intent("b", quantity: "0.7", atMs: 60)).Delta(110);
        Assert.Equal("0.7@101 0.3@101 0.4@102", market.Fills());
        market.Delta(120, asks: "101x0.5").Submit(Intent("c", quantity: "0.7", atMs: 120)).Delta(170);
        Assert.Equal("0.5@101 0.2@102", market.Fills());
    }

    [Fact]
    public void Market_NewSnapshot_ForgetsWhatWasTaken()
    {
        var market = Open().Submit(Intent()).Delta(50).Snapshot("100x1", "101x1");
        market.Submit(Intent("b", atMs: 60)).Delta(110);
        Assert.Equal("1@101 1@101", market.Fills());
    }

    [Fact]
    public void Market_ParticipationLimit_TakesOnlyPartOfALevel()
    {
        var options = PaperMarket.Free();
        options.ParticipationLimit = 0.25m;
        Assert.Equal("0.25@101 0.5@102 0.05@104", Open(options).Submit(Intent(quantity: "0.8")).Delta(50).Fills());
    }

    [Theory]
    [InlineData("102", "1@101 2@102", OrderStatus.Accepted, TimeInForce.GoodTillCanceled)]
    [InlineData("102", "1@101 2@102", OrderStatus.Expired, TimeInForce.ImmediateOrCancel)]
    [InlineData("102", "", OrderStatus.Expired, TimeInForce.FillOrKill)]
    [InlineData("104", "1@101 2@102 0.5@104", OrderStatus.Filled, TimeInForce.FillOrKill)]
    [InlineData("100.5", "", OrderStatus.Expired, TimeInForce.ImmediateOrCancel)]
    public void Limit_Crossing_TakesUpToItsPrice(string limit, string fills, OrderStatus status,
        TimeInForce timeInForce)
    {
        var market = Open().Submit(Intent(quantity: "3.5", limit: limit, timeInForce: timeInForce)).Delta(50);
        Assert.Equal(fills, market.Fills());
        Assert.Equal(status == OrderStatus.Accepted ? OrderStatus.PartiallyFilled : status, market.Order().Status);
    }

    [Fact]
    public void Limit_SellCrossing_TakesBids() =>
        Assert.Equal("1@100 1@99",
            Open().Submit(Intent(side: Side.Sell, quantity: "2", limit: "99")).Delta(50).Fills());

    [Theory]
    [InlineData("100.99", OrderStatus.Accepted)]
    [InlineData("101", OrderStatus.Rejected)]
    public void LimitMaker_ThatWouldTake_IsRejected(string limit, OrderStatus expected)
    {
        var order = Open().Submit(Intent(limit: limit, type: OrderType.LimitMaker)).Delta(50).Order();
        Assert.Equal(expected, order.Status);
        Assert.Equal(expected == OrderStatus.Rejected,
            order.Reason?.StartsWith("WOULD_TAKE", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("0.000015", null, "LOT")]
    [InlineData("9001", null, "LOT")]
    [InlineData("0.04", null, "MIN_NOTIONAL")]
    [InlineData("1", "100.001", "PRICE_TICK")]
    [InlineData("1", "0", "PRICE_TICK")]
    [InlineData("1", "503", "PERCENT_PRICE")]
    [InlineData("1", "20.09", "PERCENT_PRICE")]
    public void Order_AgainstTheRules_IsRejectedByName(string quantity, string? limit, string code)
    {
        var order = Open().Submit(Intent(quantity: quantity, limit: limit)).Delta(50).Order();
        Assert.Equal(OrderStatus.Rejected, order.Status);
        Assert.StartsWith(code + ":", order.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.05", null)]
    [InlineData("1", "20.1")]
    [InlineData("1", "502.5")]
    public void Order_JustWithinTheRules_IsTaken(string quantity, string? limit) =>
        Assert.NotEqual(OrderStatus.Rejected,
            Open().Submit(Intent(quantity: quantity, limit: limit)).Delta(50).Order().Status);

    [Fact]
    public void Order_VenueNotTrading_IsRejected()
    {
        var market = new PaperMarket(rules: Rules with { IsTrading = false }).Snapshot("100x1", "101x1");
        Assert.StartsWith("VENUE_NOT_TRADING", market.Submit(Intent()).Delta(50).Order().Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Order_LimitWithoutPrice_IsRejected() =>
        Assert.StartsWith(
            "PRICE", Open().Submit(Intent(type: OrderType.Limit)).Delta(50).Order().Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(PaperFeeAsset.Quote, Side.Buy, "USDT", "0.00101")]
    [InlineData(PaperFeeAsset.Received, Side.Buy, "BTC", "0.00001")]
    [InlineData(PaperFeeAsset.Received, Side.Sell, "USDT", "0.001")]
    public void Fill_Fee_IsInItsAsset(PaperFeeAsset feeAsset, Side side, string asset, string fee)
    {
        var options = new PaperOptions { FeeAsset = feeAsset, TakerFeeBps = 0.1m, MakerFeeBps = 7 };
        var fill = Assert.Single(Open(options).Submit(Intent(side: side)).Delta(50).Execution.TakeFills());
        Assert.Equal(asset, fill.FeeAsset);
        Assert.Equal(decimal.Parse(fee, null), fill.Fee);
    }

    [Fact]
    public void Fill_MakerFee_IsRoundedUp()
    {
        var options = new PaperOptions { TakerFeeBps = 5, MakerFeeBps = 0.000001m };
        var market = Open(options).Submit(Intent(quantity: "0.05", limit: "100")).Delta(50).Trade(60, Side.Sell,
            "99", "1");
        var fill = Assert.Single(market.Execution.TakeFills());
        Assert.Equal(0.00000001m, fill.Fee);
    }

    private static PaperMarket Open(PaperOptions? options = null) =>
        new PaperMarket(options).Snapshot("100x1 99x2 98x3", "101x1 102x2 104x3").Delta(0);
}
