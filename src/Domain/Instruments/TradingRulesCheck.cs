using System.Collections.Immutable;
using System.Globalization;
using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks an order as the venue would, before it is sent.</summary>
public static class TradingRulesCheck
{
    /// <summary>Every rule that the order breaks; empty when the venue should accept it.</summary>
    /// <param name="rules">Of the order's instrument.</param>
    /// <param name="side">Names the order in the texts; the limits are the same for both.</param>
    /// <param name="limit">Limit price; null for a market order.</param>
    /// <param name="quantity">In base asset.</param>
    /// <param name="reference">
    /// What the venue measures by, its average or last price; zero when unknown. Market orders take their notional
    /// from it.
    /// </param>
    public static ImmutableArray<TradingRuleViolation> Violations(
        TradingRules rules, Side side, Price? limit, Quantity quantity, Price reference)
    {
        var violations = ImmutableArray.CreateBuilder<TradingRuleViolation>();
        if (!rules.IsTrading)
        {
            violations.Add(new(
                TradingRule.NotTrading, $"{rules.Instrument} is not open for trading: wait until the venue opens it"));
        }

        CheckQuantity(rules, quantity, violations);
        if (limit is { } price)
        {
            CheckTick(rules, side, price, violations);
            CheckNotional(rules, price, quantity, violations);
            CheckPercent(rules, side, price, reference, violations);
        }
        else if (!reference.IsZero)
        {
            CheckNotional(rules, reference, quantity, violations);
        }
        else if (rules.MinNotional > 0)
        {
            violations.Add(new(
                TradingRule.NoReferencePrice,
                "the notional of a market order needs a reference price: wait for a trade or quote"));
        }

        return violations.DrainToImmutable();
    }

    private static void CheckQuantity(TradingRules rules, Quantity quantity, Builder violations)
    {
        var lot = rules.LotSize;
        if (!lot.IsZero && quantity.Units % lot.Units != 0)
        {
            violations.Add(new(
                TradingRule.QuantityLot,
                $"quantity {quantity} is not a multiple of the lot {lot}: "
                + $"round down to {quantity.RoundDownToLot(lot)}"));
        }

        if (quantity.IsZero || quantity < rules.MinQuantity)
        {
            var least = rules.MinQuantity.IsZero ? lot : rules.MinQuantity;
            violations.Add(new(
                TradingRule.MinQuantity,
                $"quantity {quantity} is below the least, {least}: raise it or leave the order out"));
        }

        if (!rules.MaxQuantity.IsZero && quantity > rules.MaxQuantity)
        {
            violations.Add(new(
                TradingRule.MaxQuantity,
                $"quantity {quantity} is above the most, {rules.MaxQuantity}: split the order"));
        }
    }

    private static void CheckTick(TradingRules rules, Side side, Price price, Builder violations)
    {
        var tick = rules.TickSize;
        if (price.IsZero)
        {
            violations.Add(new(
                TradingRule.PriceTick, $"a limit price of 0 is not a price: use at least one tick, {tick}"));
        }
        else if (!tick.IsZero && price.Units % tick.Units != 0)
        {
            var (direction, passive) = side == Side.Buy
                ? ("down", price.RoundDownToTick(tick))
                : ("up", price.RoundUpToTick(tick));
            violations.Add(new(
                TradingRule.PriceTick,
                $"limit price {price} is not a multiple of the tick {tick}: round {direction} to {passive}"));
        }
    }

    private static void CheckNotional(
        TradingRules rules, Price price, Quantity quantity, Builder violations)
    {
        var notional = price.Times(quantity);
        if (notional < rules.MinNotional)
        {
            violations.Add(new(
                TradingRule.MinNotional,
                Text($"{price} × {quantity} = {notional} {rules.QuoteAsset} is below the least notional, ")
                + Text($"{rules.MinNotional}: raise the quantity")));
        }
    }

    private static void CheckPercent(
        TradingRules rules, Side side, Price price, Price reference, Builder violations)
    {
        if (rules.PercentPriceUp is null && rules.PercentPriceDown is null)
        {
            return;
        }

        if (reference.IsZero)
        {
            violations.Add(new(
                TradingRule.NoReferencePrice,
                "the limit price is measured by a reference price: wait for a trade or quote"));
            return;
        }

        var highest = rules.PercentPriceUp * reference.ToDecimal();
        var lowest = rules.PercentPriceDown * reference.ToDecimal();
        var value = price.ToDecimal();
        if (value > highest || value < lowest)
        {
            violations.Add(new(
                TradingRule.PercentPrice,
                Text($"{side} limit {price} is outside {lowest ?? 0:0.########}…{highest:0.########} ")
                + $"around {reference}: bring it nearer"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
