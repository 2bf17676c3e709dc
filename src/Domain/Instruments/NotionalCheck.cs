using System.Globalization;
using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks the filters of price × quantity; market orders use the reference price.</summary>
internal static class NotionalCheck
{
    public static void Run(TradingRules rules, OrderFacts facts, Builder violations)
    {
        var market = facts.IsMarket;
        var least = market && !rules.MinNotionalAppliesToMarket ? 0 : rules.MinNotional;
        var most = market && !rules.MaxNotionalAppliesToMarket ? null : rules.MaxNotional;
        var price = facts.Limit ?? rules.ReferenceOr(facts.Reference);
        if (market && price.IsZero)
        {
            if (least > 0 || most is not null)
            {
                violations.Add(new(
                    TradingRule.NoReferencePrice,
                    "the notional of a market order needs a reference price: wait for a trade or quote"));
            }

            return;
        }

        var notional = price.Times(facts.Quantity);
        var term = Text($"{price} × {facts.Quantity} = {notional} {rules.QuoteAsset}");
        if (notional < least)
        {
            violations.Add(new(
                TradingRule.MinNotional, Text($"{term} is below the least notional, {least}: raise the quantity")));
        }

        if (notional > most)
        {
            violations.Add(new(
                TradingRule.MaxNotional, Text($"{term} is above the largest notional, {most}: split the order")));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
