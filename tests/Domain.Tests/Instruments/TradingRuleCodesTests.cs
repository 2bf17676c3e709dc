using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Tests.Instruments;

public sealed class TradingRuleCodesTests
{
    /// <summary>Stored decisions and events contain these codes, so a rule keeps its code.</summary>
    [Theory]
    [InlineData(TradingRule.NotTrading, "VENUE_NOT_TRADING", RiskCodes.VenueNotTrading)]
    [InlineData(TradingRule.QuantityLot, "LOT", RiskCodes.Lot)]
    [InlineData(TradingRule.MinQuantity, "LOT", RiskCodes.Lot)]
    [InlineData(TradingRule.MaxQuantity, "LOT", RiskCodes.Lot)]
    [InlineData(TradingRule.MinNotional, "MIN_NOTIONAL", RiskCodes.MinNotional)]
    [InlineData(TradingRule.MaxNotional, "MAX_NOTIONAL", RiskCodes.MaxNotional)]
    [InlineData(TradingRule.PercentPrice, "PERCENT_PRICE", RiskCodes.PercentPrice)]
    [InlineData(TradingRule.PriceTick, "PRICE_TICK", RiskCodes.PriceTick)]
    [InlineData(TradingRule.MinPrice, "PRICE_TICK", RiskCodes.PriceTick)]
    [InlineData(TradingRule.MaxPrice, "PRICE_TICK", RiskCodes.PriceTick)]
    [InlineData(TradingRule.NoReferencePrice, "NO_QUOTE", RiskCodes.NoQuote)]
    [InlineData(TradingRule.MaxPosition, "VENUE_FILTER", RiskCodes.VenueFilter)]
    [InlineData(TradingRule.NotAllowed, "VENUE_FILTER", RiskCodes.VenueFilter)]
    public void Of_Rule_IsTheStoredCodeAndTheOneOfRisk(TradingRule rule, string stored, string risk) =>
        Assert.Equal((stored, stored), (TradingRuleCodes.Of(rule), risk));
}
