using BtcAgent.Domain.Books;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>
/// A paper order at the venue and its place in the queue of its price. Only the sum of the queue is known: trades take from
/// the front, cancellations are assumed to be spread evenly, additions join at the back.
/// </summary>
internal sealed class RestingOrder(OrderIntent intent, Quantity remaining, int fillCount)
{
    private long _level;

    public OrderIntent Intent => intent;

    public Side Side => intent.Side;

    public Price Limit => intent.LimitPrice ?? Price.Zero;

    public Quantity Remaining { get; private set; } = remaining;

    public int FillCount { get; private set; } = fillCount;

    /// <summary>Units ahead of this order; null while the book is unknown.</summary>
    public long? Ahead { get; private set; }

    public void JoinBack(OrderBook book)
    {
        _level = book.QuantityAt(Side, Limit).Units;
        Ahead = _level;
    }

    public void LosePlace() => Ahead = null;

    public void Filled(Quantity quantity)
    {
        Remaining -= quantity;
        FillCount++;
    }

    /// <summary>Applies a trade at this order's price or beyond it; returns the quantity that reaches this order.</summary>
    public Quantity Traded(Price price, Quantity quantity)
    {
        if (price != Limit)
        {
            Ahead = 0;
            return Quantity.Min(Remaining, quantity);
        }

        if (Ahead is not { } ahead)
        {
            return Quantity.Zero;
        }

        _level = Math.Max(0, _level - quantity.Units);
        Ahead = Math.Max(0, ahead - quantity.Units);
        return Quantity.Min(Remaining, Quantity.FromUnits(Math.Max(0, quantity.Units - ahead)));
    }

    /// <summary>Applies the venue's new quantity at this order's price.</summary>
    public void LevelChanged(Quantity quantity)
    {
        // Rounded up: never further ahead than an even spread would put it.
        if (Ahead is { } ahead && quantity.Units < _level)
        {
            Ahead = (long)((((Int128)ahead * quantity.Units) + _level - 1) / _level);
        }

        _level = quantity.Units;
    }
}
