using System.Globalization;
using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks the filters of icebergs, trailing stops and the account, and the symbol's permissions.</summary>
internal static class AccountCheck
{
    private const VenueOrderTypes TakesProfit = VenueOrderTypes.TakeProfit | VenueOrderTypes.TakeProfitLimit;

    public static void Run(TradingRules rules, OrderFacts facts, Builder violations)
    {
        CheckAllowed(rules, facts, violations);
        CheckIceberg(rules, facts, violations);
        CheckTrailing(rules, facts, violations);
        CheckPosition(rules, facts, violations);
        if (facts.Amends is { } amends)
        {
            if (amends >= rules.MaxAmends)
            {
                violations.Add(new(
                    TradingRule.Amends, $"amended {amends} times, the most is {rules.MaxAmends}: replace it"));
            }
        }
        else if (!facts.IsCancelReplace)
        {
            CheckCounts(facts, facts.OpenOrders, rules.OpenOrders, TradingRule.OpenOrders, violations);
            CheckCounts(facts, facts.VenueOpenOrders, rules.VenueOpenOrders, TradingRule.VenueOpenOrders, violations);
        }
    }

    private static void CheckAllowed(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (rules.OrderTypes != VenueOrderTypes.None && (facts.Type & ~rules.OrderTypes) != 0)
        {
            violations.Add(new(
                TradingRule.NotAllowed, $"{facts.Type} orders are not taken here: use one of {rules.OrderTypes}"));
        }

        var used = VenueFeatures.Spot | facts.List
            | (facts.IsIceberg ? VenueFeatures.Iceberg : 0)
            | (facts.TrailingDelta is null ? 0 : VenueFeatures.TrailingStop)
            | (facts.Amends is null ? 0 : VenueFeatures.Amend)
            | (facts.IsCancelReplace ? VenueFeatures.CancelReplace : 0);
        if ((used & rules.DeniedFeatures) is not VenueFeatures.None and var denied)
        {
            violations.Add(new(TradingRule.NotAllowed, $"{rules.Instrument} denies {denied}: send the order without"));
        }
    }

    private static void CheckIceberg(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (!facts.IsIceberg)
        {
            return;
        }

        var visible = facts.IcebergQuantity!.Value;
        if (!rules.LotSize.IsZero && visible.Units % rules.LotSize.Units != 0)
        {
            violations.Add(new(
                TradingRule.QuantityLot,
                $"visible quantity {visible} is not a multiple of the lot {rules.LotSize}: "
                + $"round down to {visible.RoundDownToLot(rules.LotSize)}"));
        }

        if (visible < rules.MinQuantity || visible > facts.Quantity)
        {
            violations.Add(new(
                TradingRule.Iceberg,
                $"visible quantity {visible} is outside {rules.MinQuantity}…{facts.Quantity}: bring it inside"));
        }

        var parts = (facts.Quantity.Units / visible.Units) + (facts.Quantity.Units % visible.Units == 0 ? 0 : 1);
        if (parts > rules.MaxIcebergParts)
        {
            violations.Add(new(
                TradingRule.Iceberg,
                $"{parts} parts are more than {rules.MaxIcebergParts}: show more of the order at once"));
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
        if (facts.Quantity.ToDecimal() > rules.MaxBaseAsset)
        {
            violations.Add(new(
                TradingRule.MaxAsset,
                string.Create(CultureInfo.InvariantCulture, $"{facts.Quantity} {rules.BaseAsset} is above the ")
                + string.Create(CultureInfo.InvariantCulture, $"account's most, {rules.MaxBaseAsset}: split it")));
        }

        // The position already includes an amended or replaced order: it is an open buy.
        var added = facts.Amends is not null || facts.IsCancelReplace ? 0 : facts.Quantity.ToDecimal();
        if (facts is { Side: Side.Buy, Position: { } held }
            && held.ToDecimal() + added > rules.MaxPosition?.ToDecimal())
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
        Check(facts.IsIceberg, "iceberg orders", counts.IcebergOrders, limits.IcebergOrders);
        Check(facts.List != VenueFeatures.None, "order lists", counts.OrderLists, limits.OrderLists);

        void Check(bool applies, string kind, int count, int? most)
        {
            if (applies && count >= most)
            {
                violations.Add(new(rule, $"{count} {kind} are open, the most is {most}: cancel one first"));
            }
        }
    }
}
