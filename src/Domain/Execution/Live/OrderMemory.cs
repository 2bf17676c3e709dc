using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// The orders of one execution. Each has an id of this agent, which never changes, and the venue's own id. A client order
/// id is only a name: an order may get another one, and once an order has ended, another order may get its name.
/// </summary>
internal sealed class OrderMemory
{
    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byVenueId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _oldestFirst = [];
    private readonly RecentIds _ended = new(LiveExecution.EndedIdsMax);
    private readonly RecentIds _endedAtVenue = new(LiveExecution.EndedIdsMax);
    private int _openCount;

    public IEnumerable<Order> OldestFirst => _oldestFirst.Select(id => _orders[id]);

    public bool HasOpen => _openCount > 0;

    /// <summary>Number of open orders that this agent sent.</summary>
    public int OwnOpenCount { get; private set; }

    /// <summary>Ids of orders of this agent that are no longer in memory, oldest first.</summary>
    public IReadOnlyCollection<string> EndedIds => _ended.OldestFirst;

    /// <summary>Venue ids of orders that are no longer in memory, oldest first.</summary>
    public IReadOnlyCollection<string> EndedVenueIds => _endedAtVenue.OldestFirst;

    public Order? Find(string id) => _orders.GetValueOrDefault(id);

    public Order? AtVenue(string venueOrderId) => _byVenueId.TryGetValue(venueOrderId, out var id) ? _orders[id] : null;

    /// <summary>The latest order with this client order id.</summary>
    public Order? Named(string clientOrderId) => _byName.TryGetValue(clientOrderId, out var id) ? _orders[id] : null;

    public bool HasEnded(string id) => _ended.Contains(id);

    public bool HasEndedAtVenue(string venueOrderId) => _endedAtVenue.Contains(venueOrderId);

    public void RememberEnded(IEnumerable<string> ids, IEnumerable<string> venueIds)
    {
        foreach (var id in ids)
        {
            _ended.Add(id);
        }

        foreach (var id in venueIds)
        {
            _endedAtVenue.Add(id);
        }
    }

    /// <summary>Adds an order, and drops the oldest ended one when there are too many.</summary>
    /// <param name="order">Order with an unused id.</param>
    /// <param name="mayForget">Returns false for an order whose end still waits for its fills.</param>
    public void Add(Order order, Func<string, bool> mayForget)
    {
        _oldestFirst.Add(order.Intent.ClientOrderId);
        Set(order);
        if (_oldestFirst.Count - _openCount > LiveExecution.RecentOrdersMax
            && _oldestFirst.FirstOrDefault(id => !_orders[id].IsOpen && mayForget(id)) is { } oldest)
        {
            Forget(_orders[oldest]);
        }
    }

    public void Set(Order order)
    {
        var id = order.Intent.ClientOrderId;
        Count(_orders.GetValueOrDefault(id), -1);
        Count(order, 1);
        _orders[id] = order;
        _byName[order.Name] = id;
        if (order.VenueOrderId is { } venueId)
        {
            _byVenueId[venueId] = id;
        }
    }

    private void Count(Order? order, int change)
    {
        if (order is { IsOpen: true })
        {
            _openCount += change;
            OwnOpenCount += order.IsAdopted ? 0 : change;
        }
    }

    private void Forget(Order order)
    {
        var id = order.Intent.ClientOrderId;
        Count(order, -1);
        _orders.Remove(id);
        _oldestFirst.Remove(id);
        foreach (var name in new[] { order.Name, id })
        {
            if (_byName.GetValueOrDefault(name) == id)
            {
                _byName.Remove(name);
            }
        }

        if (!order.IsAdopted)
        {
            _ended.Add(id);
        }

        if (order.VenueOrderId is { } venueId)
        {
            _byVenueId.Remove(venueId);
            _endedAtVenue.Add(venueId);
        }
    }

    /// <summary>The newest ids, up to a limit.</summary>
    private sealed class RecentIds(int max)
    {
        private readonly Queue<string> _inOrder = new();
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

        public IReadOnlyCollection<string> OldestFirst => _inOrder;

        public bool Contains(string id) => _ids.Contains(id);

        public void Add(string id)
        {
            if (!_ids.Add(id))
            {
                return;
            }

            _inOrder.Enqueue(id);
            if (_inOrder.Count > max)
            {
                _ids.Remove(_inOrder.Dequeue());
            }
        }
    }
}
