namespace BtcAgent.Domain.Instruments;

/// <summary>Codes of broken venue rules in refusals, checks and events; rules of the same filter share one.</summary>
public static class TradingRuleCodes
{
    public const string NotTrading = "VENUE_NOT_TRADING";
    public const string Lot = "LOT";
    public const string MinNotional = "MIN_NOTIONAL";
    public const string MaxNotional = "MAX_NOTIONAL";
    public const string PercentPrice = "PERCENT_PRICE";
    public const string PriceTick = "PRICE_TICK";
    public const string NoQuote = "NO_QUOTE";

    /// <summary>Any other filter; the violation's detail names it.</summary>
    public const string Filter = "VENUE_FILTER";

    public static string Of(TradingRule rule) => rule switch
    {
        TradingRule.NotTrading => NotTrading,
        TradingRule.QuantityLot or TradingRule.MinQuantity or TradingRule.MaxQuantity => Lot,
        TradingRule.MinNotional => MinNotional,
        TradingRule.PercentPrice => PercentPrice,
        TradingRule.MaxNotional => MaxNotional,
        TradingRule.PriceTick or TradingRule.MinPrice or TradingRule.MaxPrice => PriceTick,
        TradingRule.NoReferencePrice => NoQuote,
        _ => Filter,
    };
}
