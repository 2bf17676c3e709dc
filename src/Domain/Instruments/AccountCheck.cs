using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks the filters of trailing stops and the account, and the symbol's permissions.</summary>
internal static class AccountCheck
{
    private const VenueOrderTypes TakesProfit = VenueOrderTypes.TakeProfit | VenueOrderTypes.TakeProfitLimit;

    public static void Run(TradingRules rules, OrderFacts facts, Builder violations)
    {
        CheckAllowed(rules, facts, violations);
        CheckTrailing(rules, facts, violations);
        CheckPosition(rules, facts, violations);
        CheckCounts(facts, facts.OpenOrders, rules.OpenOrders, TradingRule.OpenOrders, violations);
        CheckCounts(facts, facts.VenueOpenOrders, rules.VenueOpenOrders, TradingRule.VenueOpenOrders, violations);
    }

    private static void CheckAllowed(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (rules.OrderTypes != VenueOrderTypes.None && (facts.Type & ~rules.OrderTypes) != 0)
        {
            violations.Add(new(
                TradingRule.NotAllowed, $"{facts.Type} orders are not taken here: use one of {rules.OrderTypes}"));
        }

        var used = VenueFeatures.Spot | (facts.TrailingDelta is null ? 0 : VenueFeatures.TrailingStop);
        if ((used & rules.DeniedFeatures) is not VenueFeatures.None and var denied)
        {
            violations.Add(new(TradingRule.NotAllowed, $"{rules.Instrument} denies {denied}: send the order without"));
        }
    }

    private static void CheckTrailing(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (facts.TrailingDelta is not { } delta || rules.TrailingDelta is not { } limits)
        {
            return;
        }

        var above = (facts.Side == Side.Buy) != ((facts.Type & TakesProfit) != 0);
        var (least, most) = above ? (limits.MinAbove, limits.MaxAbove) : (limits.MinBelow, limits.MaxBelow);
        if (delta < least || delta > most)
        {
            violations.Add(new(
                TradingRule.TrailingDelta, $"a trailing delta of {delta} bps is outside {least}…{most}: change it"));
        }
    }

    private static void CheckPosition(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (facts is { Side: Side.Buy, Position: { } held }
            && held.ToDecimal() + facts.Quantity.ToDecimal() > rules.MaxPosition?.ToDecimal())
        {
            violations.Add(new(
                TradingRule.MaxPosition,
                $"{held} held and bid for, and {facts.Quantity} more, pass {rules.MaxPosition}: buy less"));
        }
    }

    private static void CheckCounts(
        OrderFacts facts, OpenOrderCounts? open, OpenOrderLimits limits, TradingRule rule, Builder violations)
    {
        if (open is not { } counts)
        {
            return;
        }

        Check(true, "orders", counts.Orders, limits.Orders);
        Check(facts.IsAlgo, "stop orders", counts.AlgoOrders, limits.AlgoOrders);

        void Check(bool applies, string kind, int count, int? most)
        {
            if (applies && count >= most)
            {
                violations.Add(new(rule, $"{count} {kind} are open, the most is {most}: cancel one first"));
            }
        }
    }
}
