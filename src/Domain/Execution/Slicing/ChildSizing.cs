using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>Quantities of children that the venue accepts, and that leave no rest it would refuse.</summary>
internal static class ChildSizing
{
    /// <summary>In units; a venue that sets no lot takes any quantity.</summary>
    public static long LotOf(TradingRules rules) => Math.Max(1, rules.LotSize.Units);

    /// <summary>Least quantity that passes lot, minimum and notional at a price.</summary>
    public static Quantity Least(TradingRules rules, Price price, bool market)
    {
        var lot = LotOf(rules, market);
        var least = Math.Max(lot, rules.MinQuantity.Units);
        if (market)
        {
            least = Math.Max(least, rules.MarketMinQuantity?.Units ?? 0);
        }

        if (rules.MinNotional > 0 && !(market && !rules.MinNotionalAppliesToMarket))
        {
            var units = decimal.Ceiling(rules.MinNotional / price.ToDecimal() * Quantity.UnitsPerWhole);
            least = Math.Max(least, decimal.ToInt64(Math.Min(units, long.MaxValue / 2)));
        }

        return Quantity.FromUnits(RoundUp(least, lot));
    }

    /// <summary>
    /// As much of what is wanted as the venue takes in one order; zero when it would take none. A rest too small for
    /// an order of its own is merged in, or a whole least order is left.
    /// </summary>
    /// <param name="rules">Of the instrument.</param>
    /// <param name="wanted">By the algorithm now.</param>
    /// <param name="unallocated">Of the parent; the child never has more.</param>
    /// <param name="cap">Most by other limits, such as participation.</param>
    /// <param name="price">Of the child, or what a market order is measured by.</param>
    /// <param name="market">Market orders have limits of their own.</param>
    public static Quantity Size(
        TradingRules rules, Quantity wanted, Quantity unallocated, Quantity cap, Price price, bool market)
    {
        var lot = LotOf(rules, market);
        var least = Least(rules, price, market).Units;
        var most = Math.Min(Math.Min(cap.Units, MostOf(rules, price, market)), unallocated.Units);
        most -= most % lot;
        var size = Math.Min(wanted.Units, most);
        size -= size % lot;
        if (size < least)
        {
            return Quantity.Zero;
        }

        var rest = unallocated.Units - size;
        if (rest > 0 && rest < least)
        {
            var leaving = unallocated.Units - least;
            size = most == unallocated.Units ? most : leaving - (leaving % lot);
        }

        return size < least ? Quantity.Zero : Quantity.FromUnits(size);
    }

    private static long MostOf(TradingRules rules, Price price, bool market)
    {
        var most = rules.MaxQuantity.IsZero ? long.MaxValue : rules.MaxQuantity.Units;
        if (market)
        {
            most = Math.Min(most, rules.MarketMaxQuantity?.Units ?? long.MaxValue);
        }

        if (rules.MaxNotional is { } notional && !(market && !rules.MaxNotionalAppliesToMarket))
        {
            var units = decimal.Floor(notional / price.ToDecimal() * Quantity.UnitsPerWhole);
            most = Math.Min(most, decimal.ToInt64(Math.Min(units, long.MaxValue)));
        }

        return most;
    }

    private static long LotOf(TradingRules rules, bool market) =>
        Math.Max(LotOf(rules), market ? rules.MarketLotSize?.Units ?? 0 : 0);

    private static long RoundUp(long units, long lot) =>
        units % lot == 0 ? units : checked(units - (units % lot) + lot);
}
