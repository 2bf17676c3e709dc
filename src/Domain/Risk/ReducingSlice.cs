using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Cuts an order that reduces a position into market orders of bounded size. The host sends one slice, waits for its end,
/// and asks again with the remainder until the answer is zero: a strategy with each sample, a flatten with each attempt.
/// Invariants: (1) a slice is worth at most the limit, unless the limit is below the venue's smallest order; then it is
/// that order, because a limit must not lock a position in. (2) The venue accepts a slice, and it is no more than wanted.
/// (3) Where possible, a slice leaves nothing, or enough for another one. (4) Zero means that the venue accepts no part of
/// it.
/// </summary>
public static class ReducingSlice
{
    /// <summary>
    /// A remainder must be worth at least this many of the venue's smallest orders: the price moves before the next slice.
    /// </summary>
    private const int SmallestOrdersLeft = 2;

    /// <param name="wanted">Total quantity to sell or buy back, in base asset.</param>
    /// <param name="price">Mark or mid, above zero, in quote asset.</param>
    /// <param name="maxNotional">Order limit, <see cref="RiskLimits.MaxOrderNotional"/>, in quote asset.</param>
    /// <param name="rules">The venue's rules of the instrument.</param>
    /// <returns>Quantity of the next order; zero when the venue accepts no order for it.</returns>
    public static Quantity Next(Quantity wanted, decimal price, decimal maxNotional, TradingRules rules)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        var lot = Larger(rules.LotSize, rules.MarketLotSize ?? Quantity.Zero);
        var whole = DownToLot(wanted, lot);
        var minNotional = rules.MinNotionalAppliesToMarket ? rules.MinNotional : 0;
        if (whole.IsZero || whole.ToDecimal() * price < minNotional)
        {
            return Quantity.Zero;
        }

        var least = Larger(rules.MinQuantity, rules.MarketMinQuantity ?? Quantity.Zero);
        var smallest = UpToLot(Larger(least, RoundUp(minNotional / price)), lot);
        if (whole < smallest)
        {
            return Quantity.Zero;
        }

        var slice = DownToLot(Quantity.Min(whole, Largest(rules, price, maxNotional)), lot);
        slice = slice < smallest ? smallest : slice;
        var rest = whole - slice;
        var leave = Quantity.FromUnits(smallest.Units * SmallestOrdersLeft);
        if (rest.IsZero || rest >= leave)
        {
            return slice;
        }

        var less = slice.Units - (leave.Units - rest.Units);
        return less >= smallest.Units ? DownToLot(Quantity.FromUnits(less), lot) : slice;
    }

    /// <summary>True when the books have no position that the venue would accept an order for.</summary>
    /// <param name="books">The portfolio.</param>
    /// <param name="rules">The venue's rules of the instrument.</param>
    public static bool IsClosed(PortfolioSnapshot books, TradingRules rules) => books.Position(rules.Instrument) is not { Quantity: not 0 } position
        || (position.MarkPrice is { } mark && Next(Quantity.RoundDown(Math.Abs(position.Quantity)), mark, Math.Abs(position.Quantity) * mark, rules).IsZero);

    private static Quantity Largest(TradingRules rules, decimal price, decimal maxNotional)
    {
        var notional = rules.MaxNotionalAppliesToMarket ? Math.Min(maxNotional, rules.MaxNotional ?? maxNotional) : maxNotional;
        var most = Quantity.Min(rules.MaxQuantity, rules.MarketMaxQuantity ?? rules.MaxQuantity);
        var ofBase = notional / price;
        return ofBase >= most.ToDecimal() ? most : Quantity.RoundDown(ofBase);
    }

    private static Quantity RoundUp(decimal value)
    {
        var down = Quantity.RoundDown(value);
        return down.ToDecimal() < value ? Quantity.FromUnits(down.Units + 1) : down;
    }

    private static Quantity DownToLot(Quantity quantity, Quantity lot) => lot.IsZero ? quantity : quantity.RoundDownToLot(lot);

    private static Quantity UpToLot(Quantity quantity, Quantity lot)
    {
        var down = DownToLot(quantity, lot);
        return down < quantity ? down + lot : down;
    }

    private static Quantity Larger(Quantity left, Quantity right) => left > right ? left : right;
}
