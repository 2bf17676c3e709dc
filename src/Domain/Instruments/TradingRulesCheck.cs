using System.Collections.Immutable;
using Builder = System.Collections.Immutable.ImmutableArray<BtcAgent.Domain.Instruments.TradingRuleViolation>.Builder;

namespace BtcAgent.Domain.Instruments;

/// <summary>Checks an order by the venue's rules before it is sent.</summary>
public static class TradingRulesCheck
{
    /// <summary>Every rule that the order breaks; empty when the venue should accept it.</summary>
    /// <param name="rules">Rules of the order's instrument.</param>
    /// <param name="side">Selects the price band where the venue sets one by side.</param>
    /// <param name="limit">Limit price; null for a market order.</param>
    /// <param name="quantity">In base asset.</param>
    /// <param name="reference">
    /// The venue's average or last price, used where it has no reference price; zero when unknown. Market orders derive
    /// their notional from it.
    /// </param>
    public static ImmutableArray<TradingRuleViolation> Violations(
        TradingRules rules, Side side, Price? limit, Quantity quantity, Price reference) =>
        Violations(rules, new OrderFacts
        {
            Side = side,
            Type = limit is null ? VenueOrderTypes.Market : VenueOrderTypes.Limit,
            Limit = limit,
            Quantity = quantity,
            Reference = reference,
        });

    /// <summary>
    /// Every broken rule among those that the facts suffice for; empty when the venue should accept the order.
    /// </summary>
    public static ImmutableArray<TradingRuleViolation> Violations(TradingRules rules, OrderFacts facts)
    {
        var violations = ImmutableArray.CreateBuilder<TradingRuleViolation>();
        if (rules.ClosedBecause is { } reason)
        {
            violations.Add(new(TradingRule.NotTrading, reason));
        }

        CheckQuantity(rules, facts.Quantity, violations);
        if (facts.IsMarket)
        {
            CheckMarketLot(rules, facts.Quantity, violations);
        }

        PriceCheck.Run(rules, facts, violations);
        NotionalCheck.Run(rules, facts, violations);
        PriceCheck.RunPercent(rules, facts, violations);
        AccountCheck.Run(rules, facts, violations);
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

    private static void CheckMarketLot(TradingRules rules, Quantity quantity, Builder violations)
    {
        if (rules.MarketLotSize is { IsZero: false } lot && quantity.Units % lot.Units != 0)
        {
            violations.Add(new(
                TradingRule.QuantityLot,
                $"quantity {quantity} is not a multiple of the market orders' lot {lot}: "
                + $"round down to {quantity.RoundDownToLot(lot)}"));
        }

        if (quantity < rules.MarketMinQuantity)
        {
            violations.Add(new(
                TradingRule.MinQuantity,
                $"quantity {quantity} is below the least of market orders, {rules.MarketMinQuantity}: raise it"));
        }

        if (quantity > rules.MarketMaxQuantity)
        {
            violations.Add(new(
                TradingRule.MaxQuantity,
                $"quantity {quantity} is above the most of market orders, {rules.MarketMaxQuantity}: "
                + "split the order or set a limit price"));
        }
    }
}
