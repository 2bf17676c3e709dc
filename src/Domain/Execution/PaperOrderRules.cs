using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>Orders that the paper venue rejects, as the real one would; the reason names the filter.</summary>
internal static class PaperOrderRules
{
    public static string? Refusal(OrderIntent intent, TradingRules rules, Quote top)
    {
        if (intent.StopPrice is not null || intent.TrailingDeltaBps is not null)
        {
            return "NOT_ON_PAPER: paper orders do not trigger; use a market or limit order, or the test network";
        }

        if (intent.Type != OrderType.Market && intent.LimitPrice is null)
        {
            return "PRICE: a limit order needs a limit price";
        }

        // Without a two-sided book the only reference is the price at the decision.
        var reference = top.IsTwoSided
            ? top.MidPrice
            : Price.FromUnits((long)(intent.ReferencePrice * Price.UnitsPerWhole));
        var violations = TradingRulesCheck.Violations(
            rules, intent.Side, intent.LimitPrice, intent.Quantity, reference);
        return violations.IsEmpty ? null : $"{TradingRuleCodes.Of(violations[0].Rule)}: {violations[0].Detail}";
    }
}
