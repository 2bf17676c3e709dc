namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>
/// Limit order book with price-time priority. Deterministic: the result depends only on the order of calls.
/// </summary>
internal sealed class MatchingEngine(IMatchListener listener)
{
    private readonly SortedList<Price, PriceQueue> _bids = new(Comparer<Price>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedList<Price, PriceQueue> _asks = new();
    private readonly Dictionary<long, RestingOrder> _orders = [];
    private long _lastId;

    public int OrderCount => _orders.Count;

    /// <summary>Zero when the side is empty.</summary>
    public Price BestBid => _bids.Count > 0 ? _bids.GetKeyAtIndex(0) : default;

    /// <summary>Zero when the side is empty.</summary>
    public Price BestAsk => _asks.Count > 0 ? _asks.GetKeyAtIndex(0) : default;

    public int LevelCount(Side side) => Of(side).Count;

    /// <summary>Price and quantity of a level, 0 the best.</summary>
    public (Price Price, Quantity Quantity) LevelAt(Side side, int depth)
    {
        var levels = Of(side);
        return (levels.GetKeyAtIndex(depth), levels.GetValueAtIndex(depth).Total);
    }

    /// <summary>The next order to trade on a side; null when the side is empty.</summary>
    public RestingOrder? FirstAt(Side side) => Of(side).Count > 0 ? Of(side).GetValueAtIndex(0).Orders.First!.Value : null;

    public MatchResult Limit(
        string owner,
        Side side,
        Price price,
        Quantity quantity,
        LimitType type = LimitType.GoodTillCanceled,
        TakerTerms? terms = null)
    {
        var crosses = Crosses(side, price);
        if ((type == LimitType.MakerOnly && crosses)
            || (type == LimitType.FillOrKill && Available(side, price, quantity, terms) < quantity))
        {
            return new MatchResult(false, Quantity.Zero, null);
        }

        var id = ++_lastId;
        var taken = crosses ? Take(id, side, price, quantity, terms) : new Taken(quantity, Quantity.Zero, false);
        var resting = taken.Left.IsZero || taken.IsOutOfRange || type is LimitType.ImmediateOrCancel or LimitType.FillOrKill
            ? null
            : Rest(new RestingOrder(id, owner, side, price, taken.Left));
        return new MatchResult(true, taken.Filled, resting) { IsOutOfRange = taken.IsOutOfRange };
    }

    /// <summary>Takes the available quantity; the remainder expires.</summary>
    public MatchResult Market(Side side, Quantity quantity, TakerTerms? terms = null)
    {
        var taken = Take(++_lastId, side, null, quantity, terms);
        return new MatchResult(true, taken.Filled, null) { IsOutOfRange = taken.IsOutOfRange };
    }

    public bool WouldTake(Side side, Price limit) => Crosses(side, limit);

    /// <summary>Lowers the remaining quantity of a resting order, which keeps its place.</summary>
    public bool Reduce(long id, Quantity remaining)
    {
        if (!_orders.TryGetValue(id, out var order) || remaining >= order.Remaining || remaining.IsZero)
        {
            return false;
        }

        var levels = Of(order.Side);
        var queue = levels[order.Price];
        queue.Total -= order.Remaining - remaining;
        order.Remaining = remaining;
        NotifyLevel(levels, order.Side, order.Price, queue);
        return true;
    }

    /// <summary>Fills a resting order completely, whatever its place in the queue.</summary>
    public bool FillResting(long id, Side aggressor)
    {
        if (!_orders.Remove(id, out var order))
        {
            return false;
        }

        var levels = Of(order.Side);
        var queue = levels[order.Price];
        var traded = order.Remaining;
        queue.Orders.Remove(order.Node!);
        queue.Total -= traded;
        order.Remaining = Quantity.Zero;
        listener.OnTrade(order, ++_lastId, aggressor, order.Price, traded);
        NotifyLevel(levels, order.Side, order.Price, queue);
        return true;
    }

    public bool Cancel(long id)
    {
        if (!_orders.Remove(id, out var order))
        {
            return false;
        }

        var levels = Of(order.Side);
        var queue = levels[order.Price];
        queue.Orders.Remove(order.Node!);
        queue.Total -= order.Remaining;
        NotifyLevel(levels, order.Side, order.Price, queue);
        return true;
    }

    private SortedList<Price, PriceQueue> Of(Side side) => side == Side.Buy ? _bids : _asks;

    private SortedList<Price, PriceQueue> Against(Side side) => side == Side.Buy ? _asks : _bids;

    private bool Crosses(Side side, Price limit) =>
        side == Side.Buy ? !BestAsk.IsZero && limit >= BestAsk : !BestBid.IsZero && limit <= BestBid;

    /// <summary>
    /// Quantity that a fill-or-kill order can trade: others' orders, up to the first own one that it may not pass.
    /// </summary>
    private Quantity Available(Side side, Price limit, Quantity wanted, TakerTerms? terms)
    {
        var sum = Quantity.Zero;
        foreach (var (price, queue) in Against(side))
        {
            if (sum >= wanted || IsWorse(side, price, limit) || terms?.Allows(price) == false)
            {
                break;
            }

            if (terms?.SelfTrades is not { } guard)
            {
                sum += queue.Total;
                continue;
            }

            foreach (var maker in queue.Orders)
            {
                if (!guard.IsOwn(maker))
                {
                    sum += maker.Remaining;
                }
                else if (!guard.PassesOwn)
                {
                    return sum;
                }
            }
        }

        return sum;
    }

    private Taken Take(long takerId, Side side, Price? limit, Quantity quantity, TakerTerms? terms)
    {
        var levels = Against(side);
        var (left, filled) = (quantity, Quantity.Zero);
        while (!left.IsZero && levels.Count > 0)
        {
            var price = levels.GetKeyAtIndex(0);
            if (limit is { } worst && IsWorse(side, price, worst))
            {
                break;
            }

            if (terms?.Allows(price) == false)
            {
                return new Taken(left, filled, IsOutOfRange: true);
            }

            var queue = levels.GetValueAtIndex(0);
            while (!left.IsZero && queue.Orders.First is { } first)
            {
                var maker = first.Value;
                if (terms?.SelfTrades is { } guard && guard.IsOwn(maker))
                {
                    var lost = guard.Prevent(maker, left);
                    left -= lost.Taker;
                    Lose(queue, maker, lost.Maker);
                    continue;
                }

                var traded = Quantity.Min(left, maker.Remaining);
                left -= traded;
                filled += traded;
                Lose(queue, maker, traded);
                listener.OnTrade(maker, takerId, side, price, traded);
            }

            NotifyLevel(levels, side == Side.Buy ? Side.Sell : Side.Buy, price, queue);
        }

        return new Taken(left, filled, IsOutOfRange: false);
    }

    /// <summary>Takes quantity from the first order of a queue, and removes the order when nothing is left.</summary>
    private void Lose(PriceQueue queue, RestingOrder maker, Quantity quantity)
    {
        maker.Remaining -= quantity;
        queue.Total -= quantity;
        if (maker.Remaining.IsZero)
        {
            queue.Orders.RemoveFirst();
            _orders.Remove(maker.Id);
        }
    }

    private static bool IsWorse(Side side, Price price, Price limit) => side == Side.Buy ? price > limit : price < limit;

    private RestingOrder Rest(RestingOrder order)
    {
        var levels = Of(order.Side);
        if (!levels.TryGetValue(order.Price, out var queue))
        {
            queue = new PriceQueue();
            levels.Add(order.Price, queue);
        }

        order.Node = queue.Orders.AddLast(order);
        queue.Total += order.Remaining;
        _orders[order.Id] = order;
        listener.OnLevel(order.Side, order.Price, queue.Total);
        return order;
    }

    private void NotifyLevel(SortedList<Price, PriceQueue> levels, Side side, Price price, PriceQueue queue)
    {
        if (queue.Orders.Count == 0)
        {
            levels.Remove(price);
        }

        listener.OnLevel(side, price, queue.Total);
    }

    private readonly record struct Taken(Quantity Left, Quantity Filled, bool IsOutOfRange);
}
