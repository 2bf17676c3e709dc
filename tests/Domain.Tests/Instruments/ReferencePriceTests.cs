using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Tests.Instruments;

/// <summary>The venue's reference price and trading status since 2026.</summary>
public sealed class ReferencePriceTests
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

    /// <summary>Since 2026-05 the venue's filters use its reference price where it has one.</summary>
    [Theory]
    [InlineData("60", null)]
    [InlineData("60.01", TradingRule.PercentPrice)]
    [InlineData("40", null)]
    [InlineData("39.99", TradingRule.PercentPrice)]
    public void PercentPrice_VenueHasAReferencePrice_ItCountsAndNotTheMarket(string price, TradingRule? broken)
    {
        var rules = Rules with { PercentPriceUp = 1.2m, PercentPriceDown = 0.8m, ReferencePrice = Price.Parse("50") };
        Expect(broken, rules, Limit with { Limit = Price.Parse(price) });
        Expect(null, rules with { ReferencePrice = null }, Limit with { Limit = Price.Parse("100") });
    }

    [Fact]
    public void Notional_MarketOrder_IsMeasuredByTheReferencePrice()
    {
        var rules = Rules with { MinNotional = 60, ReferencePrice = Price.Parse("50") };
        Expect(TradingRule.MinNotional, rules, Market);
        Expect(null, rules, Market with { Quantity = Quantity.Parse("1.2") });
        Expect(null, rules with { ReferencePrice = null }, Market);
        Expect(null, rules, Market with { Reference = Price.Zero, Quantity = Quantity.Parse("1.2") });
        Expect(null, rules, Limit); // Limit orders have a price.
    }

    [Theory]
    [InlineData("CANCEL_ONLY", "takes cancels and no orders")]
    [InlineData("HALT", "the venue says HALT")]
    public void Status_AnythingButTrading_IsNamed(string status, string words)
    {
        var rules = Rules with { IsTrading = false, Status = status };
        var broken = Assert.Single(TradingRulesCheck.Violations(rules, Limit));
        Assert.Equal(TradingRule.NotTrading, broken.Rule);
        Assert.Contains(words, broken.Detail, StringComparison.Ordinal);
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
