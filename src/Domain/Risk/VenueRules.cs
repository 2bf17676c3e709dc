using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Risk;

/// <summary>The venue's own filters, asked before the venue is.</summary>
internal static class VenueRules
{
    public static RuleVerdict Lot(RiskContext context, Quantity quantity) => new(Lot(context.Input.Rules, quantity));

    public static RuleVerdict MinNotional(RiskContext context, Quantity quantity) =>
        new(MinNotional(context.Input.Rules, quantity, context.Mid));

    public static RuleVerdict PercentPrice(RiskContext context, Quantity quantity)
    {
        var quote = context.Input.Sample.Quote;
        var taken = context.Side == Side.Buy ? quote.Ask : quote.Bid;
        return new(PercentPrice(context.Input.Rules, taken.ToDecimal(), context.Mid));
    }

    public static RiskCheck Lot(TradingRules rules, Quantity quantity)
    {
        var passed = quantity >= rules.MinQuantity && quantity <= rules.MaxQuantity && !quantity.IsZero
            && quantity.RoundDownToLot(rules.LotSize) == quantity;
        return new(RiskCodes.Lot, passed, quantity.ToDecimal(), rules.MinQuantity.ToDecimal());
    }

    public static RiskCheck MinNotional(TradingRules rules, Quantity quantity, decimal price)
    {
        var notional = quantity.ToDecimal() * price;
        return new(RiskCodes.MinNotional, notional >= rules.MinNotional, notional, rules.MinNotional);
    }

    public static RiskCheck PercentPrice(TradingRules rules, decimal price, decimal reference)
    {
        var low = reference * (rules.PercentPriceDown ?? 0);
        var passed = price >= low && (rules.PercentPriceUp is not { } up || price <= reference * up);
        return new(RiskCodes.PercentPrice, passed, price, price < low ? low : reference * rules.PercentPriceUp);
    }
}
