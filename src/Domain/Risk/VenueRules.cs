using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Risk;

/// <summary>The venue's own filters, checked before an order is sent: see <see cref="TradingRulesCheck"/>.</summary>
internal static class VenueRules
{
    public static RuleVerdict Lot(RiskContext context, Quantity quantity)
    {
        var rules = context.Input.Rules;
        var broken = Violations(context, null, quantity).Where(violation => violation.Rule
            is TradingRule.QuantityLot or TradingRule.MinQuantity or TradingRule.MaxQuantity);
        return new(Check(RiskCodes.Lot, quantity.ToDecimal(), rules.MinQuantity.ToDecimal(), broken));
    }

    public static RuleVerdict MinNotional(RiskContext context, Quantity quantity)
    {
        var broken = Violations(context, null, quantity).Where(violation => violation.Rule == TradingRule.MinNotional);
        var notional = quantity.ToDecimal() * ReferenceOf(context);
        return new(Check(RiskCodes.MinNotional, notional, context.Input.Rules.MinNotional, broken));
    }

    /// <summary>Checks the price at which the order will execute.</summary>
    public static RuleVerdict PercentPrice(RiskContext context, Quantity quantity)
    {
        var buying = context.Side == Side.Buy;
        var taken = buying ? context.Input.Sample.Quote.Ask : context.Input.Sample.Quote.Bid;
        var broken = Violations(context, taken, quantity)
            .Where(violation => violation.Rule == TradingRule.PercentPrice);
        var limit = ReferenceOf(context) * (buying ? context.Input.Rules.PercentPriceUp : context.Input.Rules.PercentPriceDown);
        return new(Check(RiskCodes.PercentPrice, taken.ToDecimal(), limit, broken));
    }

    private static decimal ReferenceOf(RiskContext context) =>
        context.Input.Rules.ReferencePrice is { IsZero: false } venue ? venue.ToDecimal() : context.Mid;

    private static ImmutableArray<TradingRuleViolation> Violations(
        RiskContext context, Price? limit, Quantity quantity)
    {
        return TradingRulesCheck.Violations(
            context.Input.Rules, context.Side, limit, quantity, context.Input.Sample.Quote.MidPrice);
    }

    private static RiskCheck Check(string code, decimal value, decimal? limit, IEnumerable<TradingRuleViolation> broken)
    {
        var detail = string.Join("; ", broken.Select(violation => violation.Detail));
        return new(code, detail.Length == 0, value, limit, detail.Length == 0 ? null : detail);
    }
}
