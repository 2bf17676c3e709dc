namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Limit order book with price-time priority. Deterministic: what happens depends only on the order of calls.</summary>
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

    /// <summary>The order that trades next on a side; null when it is empty.</summary>
    public RestingOrder? FirstAt(Side side) => Of(side).Count > 0 ? Of(side).GetValueAtIndex(0).Orders.First!.Value : null;

    public RestingOrder? Find(long id) => _orders.GetValueOrDefault(id);

    public MatchResult Limit(string owner, string clientId, Side side, Price price, Quantity quantity, LimitType type = LimitType.GoodTillCanceled)
    {
        var crosses = Crosses(side, price);
        if ((type == LimitType.MakerOnly && crosses)
            || (type == LimitType.FillOrKill && Available(side, price, quantity) < quantity))
        {
            return new MatchResult(false, Quantity.Zero, null);
        }

        var id = ++_lastId;
        var left = crosses ? Take(id, side, price, quantity) : quantity;
        var resting = left.IsZero || type is LimitType.ImmediateOrCancel or LimitType.FillOrKill
            ? null
            : Rest(new RestingOrder(id, owner, clientId, side, price, left));
        return new MatchResult(true, quantity - left, resting);
    }

    /// <summary>Takes what there is; the rest expires.</summary>
    public MatchResult Market(Side side, Quantity quantity)
    {
        var left = Take(++_lastId, side, null, quantity);
        return new MatchResult(true, quantity - left, null);
    }

    public bool WouldTake(Side side, Price limit) => Crosses(side, limit);

    /// <summary>Lowers what is left of a resting order, which keeps its place.</summary>
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
        Tell(levels, order.Side, order.Price, queue);
        return true;
    }

    /// <summary>Trades the whole of a resting order, whatever its place in the queue.</summary>
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
        Tell(levels, order.Side, order.Price, queue);
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
        Tell(levels, order.Side, order.Price, queue);
        return true;
    }

    private SortedList<Price, PriceQueue> Of(Side side) => side == Side.Buy ? _bids : _asks;

    private SortedList<Price, PriceQueue> Against(Side side) => side == Side.Buy ? _asks : _bids;

    private bool Crosses(Side side, Price limit) =>
        side == Side.Buy ? !BestAsk.IsZero && limit >= BestAsk : !BestBid.IsZero && limit <= BestBid;

    private Quantity Available(Side side, Price limit, Quantity wanted)
    {
        var sum = Quantity.Zero;
        foreach (var (price, queue) in Against(side))
        {
            if (sum >= wanted || (side == Side.Buy ? price > limit : price < limit))
            {
                break;
            }

            sum += queue.Total;
        }

        return sum;
    }

    private Quantity Take(long takerId, Side side, Price? limit, Quantity quantity)
    {
        var levels = Against(side);
        while (!quantity.IsZero && levels.Count > 0)
        {
            var price = levels.GetKeyAtIndex(0);
            if (limit is { } worst && (side == Side.Buy ? price > worst : price < worst))
            {
                break;
            }

            var queue = levels.GetValueAtIndex(0);
            while (!quantity.IsZero && queue.Orders.First is { } first)
            {
                var maker = first.Value;
                var traded = Quantity.Min(quantity, maker.Remaining);
                quantity -= traded;
                maker.Remaining -= traded;
                queue.Total -= traded;
                if (maker.Remaining.IsZero)
                {
                    queue.Orders.RemoveFirst();
                    _orders.Remove(maker.Id);
                }

                listener.OnTrade(maker, takerId, side, price, traded);
            }

            Tell(levels, side == Side.Buy ? Side.Sell : Side.Buy, price, queue);
        }

        return quantity;
    }

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

    private void Tell(SortedList<Price, PriceQueue> levels, Side side, Price price, PriceQueue queue)
    {
        if (queue.Orders.Count == 0)
        {
            levels.Remove(price);
        }

        listener.OnLevel(side, price, queue.Total);
    }
}
