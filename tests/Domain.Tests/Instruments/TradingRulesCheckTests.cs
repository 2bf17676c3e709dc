using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Tests.Instruments;

public sealed class TradingRulesCheckTests
{
    private static readonly TradingRules Rules = new()
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        BaseAsset = "BTC",
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.0001"),
        MaxQuantity = Quantity.Parse("100"),
        MinNotional = 5m,
        PercentPriceUp = 1.2m,
        PercentPriceDown = 0.8m,
    };

    [Theory]
    [InlineData("60000.01", "0.001")]
    [InlineData("60000", "0.0001")] // least quantity
    [InlineData("60000", "100")] // largest quantity
    [InlineData("50000", "0.0001")] // 5 USDT exactly
    [InlineData("72000", "0.001")] // upper bound exactly
    [InlineData("48000", "0.001")] // lower bound exactly
    public void Violations_OnTheRightSideOfEachThreshold_None(string limit, string quantity) =>
        Assert.Empty(Check(limit, quantity));

    [Theory]
    [InlineData("60000.001", "0.001", TradingRule.PriceTick)]
    [InlineData("60000.00000001", "0.001", TradingRule.PriceTick)]
    [InlineData("60000", "0.000101", TradingRule.QuantityLot)]
    [InlineData("60000", "0.00009", TradingRule.MinQuantity)]
    [InlineData("60000", "100.00001", TradingRule.MaxQuantity)]
    [InlineData("49999.99", "0.0001", TradingRule.MinNotional)]
    [InlineData("72000.01", "0.001", TradingRule.PercentPrice)]
    [InlineData("47999.99", "0.001", TradingRule.PercentPrice)]
    public void Violations_JustPastAThreshold_ThatRuleAlone(string limit, string quantity, TradingRule rule)
    {
        var quiet = rule == TradingRule.MinQuantity ? Rules with { MinNotional = 0 } : Rules;

        Assert.Equal(rule, Assert.Single(Check(limit, quantity, quiet)).Rule);
    }

    [Theory]
    [InlineData(Side.Buy, "round down to 60000.01")]
    [InlineData(Side.Sell, "round up to 60000.02")]
    public void Violations_OffTick_SaysThePassiveRounding(Side side, string remedy)
    {
        var violation = Assert.Single(TradingRulesCheck.Violations(
            Rules, side, Price.Parse("60000.015"), Quantity.Parse("0.001"), Price.Parse("60000")));

        Assert.Contains(remedy, violation.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PriceTick: ", violation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_OffLot_SaysTheRoundedQuantity() =>
        Assert.Contains(
            "round down to 0.0001", Assert.Single(Check("60000", "0.000109")).Detail, StringComparison.Ordinal);

    [Fact]
    public void Violations_ZeroQuantityAndPrice_AreRefused() =>
        Assert.Equal(
            [TradingRule.MinQuantity, TradingRule.PriceTick, TradingRule.MinNotional, TradingRule.PercentPrice],
            Check("0", "0").Select(violation => violation.Rule));

    [Fact]
    public void Violations_ZeroQuantityWithoutMinimum_IsRefused() =>
        Assert.Equal(
            TradingRule.MinQuantity,
            Assert.Single(Check("60000", "0", Rules with { MinQuantity = Quantity.Zero, MinNotional = 0 })).Rule);

    [Fact]
    public void Violations_MarketOrder_TakesNotionalFromTheReference()
    {
        Assert.Empty(Check(null, "0.0001", reference: "50000"));
        Assert.Equal(TradingRule.MinNotional, Assert.Single(Check(null, "0.0001", reference: "49999.99")).Rule);
        Assert.Equal(TradingRule.NoReferencePrice, Assert.Single(Check(null, "0.0001", reference: "0")).Rule);
    }

    [Fact]
    public void Violations_LimitWithoutReference_IsRefusedOnlyWhenPercentPriceApplies()
    {
        Assert.Equal(TradingRule.NoReferencePrice, Assert.Single(Check("60000", "0.001", reference: "0")).Rule);
        Assert.Empty(Check("60000", "0.001", Rules with { PercentPriceUp = null, PercentPriceDown = null }, "0"));
    }

    [Fact]
    public void Violations_OneSidedPercentPrice_BoundsThatSideOnly()
    {
        Assert.Empty(Check("999999", "0.001", Rules with { PercentPriceUp = null }));
        Assert.Single(Check("1000", "0.01", Rules with { PercentPriceUp = null }));
    }

    [Fact]
    public void Violations_InstrumentHalted_SaysSo() =>
        Assert.Equal(
            TradingRule.NotTrading, Assert.Single(Check("60000", "0.001", Rules with { IsTrading = false })).Rule);

    private static IReadOnlyList<TradingRuleViolation> Check(
        string? limit, string quantity, TradingRules? rules = null, string reference = "60000") =>
        TradingRulesCheck.Violations(
            rules ?? Rules,
            Side.Buy,
            limit is null ? null : Price.Parse(limit),
            Quantity.Parse(quantity),
            Price.Parse(reference));
}
