using System.Globalization;
using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks the filters of limit and stop prices.</summary>
internal static class PriceCheck
{
    public static void Run(TradingRules rules, OrderFacts facts, Builder violations)
    {
        if (facts.Limit is { } limit)
        {
            CheckTick(rules, facts.Side, "limit", limit, violations);
            CheckRange(rules, "limit", limit, violations);
        }

        if (facts.Stop is { } stop)
        {
            CheckTick(rules, facts.Side, "stop", stop, violations);
            CheckRange(rules, "stop", stop, violations);
        }
    }

    public static void RunPercent(TradingRules rules, OrderFacts facts, Builder violations)
    {
        var band = facts.Side == Side.Buy ? rules.BuyBand : rules.SellBand;
        var up = band?.Up ?? rules.PercentPriceUp;
        var down = band?.Down ?? rules.PercentPriceDown;
        if (facts.Limit is not { } price || (up is null && down is null))
        {
            return;
        }

        var reference = rules.ReferenceOr(facts.Reference);
        if (reference.IsZero)
        {
            violations.Add(new(
                TradingRule.NoReferencePrice,
                "the limit price is measured by a reference price: wait for a trade or quote"));
            return;
        }

        var highest = up * reference.ToDecimal();
        var lowest = down * reference.ToDecimal();
        var value = price.ToDecimal();
        if (value > highest || value < lowest)
        {
            violations.Add(new(
                TradingRule.PercentPrice,
                Text($"{facts.Side} limit {price} is outside {lowest ?? 0:0.########}…{highest:0.########} ")
                + $"around {reference}: bring it nearer"));
        }
    }

    private static void CheckTick(TradingRules rules, Side side, string kind, Price price, Builder violations)
    {
        var tick = rules.TickSize;
        if (price.IsZero)
        {
            violations.Add(new(
                TradingRule.PriceTick, $"a {kind} price of 0 is not a price: use at least one tick, {tick}"));
        }
        else if (!tick.IsZero && price.Units % tick.Units != 0)
        {
            var (direction, passive) = side == Side.Buy
                ? ("down", price.RoundDownToTick(tick))
                : ("up", price.RoundUpToTick(tick));
            violations.Add(new(
                TradingRule.PriceTick,
                $"{kind} price {price} is not a multiple of the tick {tick}: round {direction} to {passive}"));
        }
    }

    private static void CheckRange(TradingRules rules, string kind, Price price, Builder violations)
    {
        if (price < rules.MinPrice)
        {
            violations.Add(new(
                TradingRule.MinPrice, $"{kind} price {price} is below the lowest, {rules.MinPrice}: raise it"));
        }

        if (price > rules.MaxPrice)
        {
            violations.Add(new(
                TradingRule.MaxPrice, $"{kind} price {price} is above the highest, {rules.MaxPrice}: lower it"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
