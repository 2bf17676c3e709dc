using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Tests.Instruments;

public sealed class VenueFiltersTests
{
    private static readonly TradingRules Rules = new()
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        BaseAsset = "BTC",
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.001"),
        MinQuantity = Quantity.Parse("0.002"),
        MaxQuantity = Quantity.Parse("100"),
        MinNotional = 0,
    };

    private static readonly OrderFacts Limit = new()
    {
        Side = Side.Buy,
        Type = VenueOrderTypes.Limit,
        Quantity = Quantity.Parse("1"),
        Limit = Price.Parse("100"),
        Reference = Price.Parse("100"),
    };

    private static readonly OrderFacts Market = Limit with { Type = VenueOrderTypes.Market, Limit = null };

    private static readonly OrderFacts Stop =
        Limit with { Type = VenueOrderTypes.StopLossLimit, Stop = Price.Parse("100") };

    [Theory]
    [InlineData("50", null)]
    [InlineData("49.99", TradingRule.MinPrice)]
    [InlineData("200", null)]
    [InlineData("200.01", TradingRule.MaxPrice)]
    [InlineData("100.001", TradingRule.PriceTick)]
    public void PriceFilter_LimitAndStop_AreBothMeasured(string price, TradingRule? broken)
    {
        var rules = Rules with { MinPrice = Price.Parse("50"), MaxPrice = Price.Parse("200") };

        Expect(broken, rules, Limit with { Limit = Price.Parse(price) });
        Expect(broken, rules, Stop with { Stop = Price.Parse(price) });
    }

    [Theory]
    [InlineData(Side.Buy, "120", null)]
    [InlineData(Side.Buy, "120.01", TradingRule.PercentPrice)]
    [InlineData(Side.Buy, "20", null)]
    [InlineData(Side.Buy, "19.99", TradingRule.PercentPrice)]
    [InlineData(Side.Sell, "500", null)]
    [InlineData(Side.Sell, "500.01", TradingRule.PercentPrice)]
    [InlineData(Side.Sell, "80", null)]
    [InlineData(Side.Sell, "79.99", TradingRule.PercentPrice)]
    public void PercentPriceBySide_EachSideHasItsOwnBand(Side side, string price, TradingRule? broken)
    {
        var rules = Rules with
        {
            PercentPriceUp = 1.2m,
            PercentPriceDown = 0.8m,
            BuyBand = new PriceBand(1.2m, 0.2m),
            SellBand = new PriceBand(5, 0.8m),
        };

        Expect(broken, rules, Limit with { Side = side, Limit = Price.Parse(price) });
    }

    [Theory]
    [InlineData("0.5", null)]
    [InlineData("0.4", TradingRule.MinQuantity)]
    [InlineData("10", null)]
    [InlineData("10.1", TradingRule.MaxQuantity)]
    [InlineData("0.55", TradingRule.QuantityLot)]
    public void MarketLotSize_BoundsMarketOrdersOnly(string quantity, TradingRule? broken)
    {
        var rules = Rules with
        {
            MarketLotSize = Quantity.Parse("0.1"),
            MarketMinQuantity = Quantity.Parse("0.5"),
            MarketMaxQuantity = Quantity.Parse("10"),
        };

        Expect(broken, rules, Market with { Quantity = Quantity.Parse(quantity) });
        Expect(null, rules, Limit with { Quantity = Quantity.Parse(quantity) });
    }

    [Theory]
    [InlineData("0.05", true, null)]
    [InlineData("0.049", true, TradingRule.MinNotional)]
    [InlineData("0.049", false, null)]
    [InlineData("20", true, null)]
    [InlineData("20.001", true, TradingRule.MaxNotional)]
    [InlineData("20.001", false, null)]
    public void Notional_MarketOrders_AreMeasuredWhereItApplies(string quantity, bool applies, TradingRule? broken)
    {
        var rules = Rules with
        {
            MinNotional = 5,
            MaxNotional = 2000,
            MinNotionalAppliesToMarket = applies,
            MaxNotionalAppliesToMarket = applies,
        };

        Expect(broken, rules, Market with { Quantity = Quantity.Parse(quantity) });
    }

    [Theory]
    [InlineData("0.05", null)]
    [InlineData("0.049", TradingRule.MinNotional)]
    [InlineData("20", null)]
    [InlineData("20.001", TradingRule.MaxNotional)]
    public void Notional_LimitOrders_AreAlwaysMeasured(string quantity, TradingRule? broken)
    {
        var rules = Rules with
        {
            MinNotional = 5,
            MaxNotional = 2000,
            MinNotionalAppliesToMarket = false,
            MaxNotionalAppliesToMarket = false,
        };

        Expect(broken, rules, Limit with { Quantity = Quantity.Parse(quantity) });
    }

    [Theory]
    [InlineData(24, 9, null)]
    [InlineData(25, 0, 1)]
    [InlineData(24, 5, null)] // a plain order is not a stop
    public void MaxNumOrders_CountsEveryOrder(int orders, int algo, int? broken)
    {
        var limits = new OpenOrderLimits(25, 5, 6, 7);
        var counts = new OpenOrderCounts(orders, algo);
        TradingRule? symbol = broken is null ? null : TradingRule.OpenOrders;
        TradingRule? venue = broken is null ? null : TradingRule.VenueOpenOrders;

        Expect(symbol, Rules with { OpenOrders = limits }, Limit with { OpenOrders = counts });
        Expect(venue, Rules with { VenueOpenOrders = limits }, Limit with { VenueOpenOrders = counts });
        Expect(null, Rules with { OpenOrders = limits, VenueOpenOrders = limits }, Limit);
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, "stop")]
    public void MaxNumOrders_OfStops_CountsStops(int algo, string? named)
    {
        var limits = new OpenOrderLimits(25, 5, 6, 7);
        var counts = new OpenOrderCounts(9, algo);
        var order = Stop;

        var symbol = TradingRulesCheck.Violations(
            Rules with { OpenOrders = limits }, order with { OpenOrders = counts });
        var venue = TradingRulesCheck.Violations(
            Rules with { VenueOpenOrders = limits }, order with { VenueOpenOrders = counts });

        if (named is null)
        {
            Assert.Empty(symbol);
            Assert.Empty(venue);
            return;
        }

        Assert.Contains(named, Assert.Single(symbol).Detail, StringComparison.Ordinal);
        Assert.Equal(TradingRule.VenueOpenOrders, Assert.Single(venue).Rule);
    }

    [Theory]
    [InlineData(Side.Buy, "9", null)]
    [InlineData(Side.Buy, "9.001", TradingRule.MaxPosition)]
    [InlineData(Side.Sell, "9.001", null)]
    [InlineData(Side.Buy, null, null)]
    public void MaxPosition_BoundsBuys(Side side, string? held, TradingRule? broken) =>
        Expect(
            broken,
            Rules with { MaxPosition = Quantity.Parse("10") },
            Limit with { Side = side, Position = held is null ? null : Quantity.Parse(held) });

    [Theory]
    [InlineData(VenueOrderTypes.StopLossLimit, Side.Buy, 10, 20)]
    [InlineData(VenueOrderTypes.TakeProfit, Side.Sell, 10, 20)]
    [InlineData(VenueOrderTypes.StopLoss, Side.Sell, 30, 40)]
    [InlineData(VenueOrderTypes.TakeProfitLimit, Side.Buy, 30, 40)]
    public void TrailingDelta_StopsAboveAndBelow_HaveTheirOwnBounds(
        VenueOrderTypes type, Side side, int least, int most)
    {
        var rules = Rules with { TrailingDelta = new TrailingDeltaLimits(10, 20, 30, 40) };
        var order = Limit with { Type = type, Side = side };

        Expect(null, rules, order with { TrailingDelta = least });
        Expect(null, rules, order with { TrailingDelta = most });
        Expect(TradingRule.TrailingDelta, rules, order with { TrailingDelta = least - 1 });
        Expect(TradingRule.TrailingDelta, rules, order with { TrailingDelta = most + 1 });
        Expect(null, rules, order);
    }

    [Fact]
    public void OrderTypes_NotListed_AreRefusedUnlessNoneIsListed()
    {
        var rules = Rules with { OrderTypes = VenueOrderTypes.Limit | VenueOrderTypes.LimitMaker };

        Expect(null, rules, Limit);
        Expect(null, Rules, Market);
        Expect(TradingRule.NotAllowed, rules, Market);
    }

    [Theory]
    [InlineData(VenueFeatures.Spot)]
    [InlineData(VenueFeatures.TrailingStop)]
    public void DeniedFeatures_WhenUsed_AreRefused(VenueFeatures denied)
    {
        var order = denied == VenueFeatures.TrailingStop ? Stop with { TrailingDelta = 10 } : Limit;

        Expect(TradingRule.NotAllowed, Rules with { DeniedFeatures = denied }, order);
        Expect(null, Rules with { DeniedFeatures = ~denied & ~VenueFeatures.Spot }, order);
    }

    private static void Expect(TradingRule? broken, TradingRules rules, OrderFacts order)
    {
        var found = TradingRulesCheck.Violations(rules, order);
        if (broken is { } rule)
        {
            Assert.Equal(rule, Assert.Single(found).Rule);
        }
        else
        {
            Assert.Empty(found);
        }
    }
}
