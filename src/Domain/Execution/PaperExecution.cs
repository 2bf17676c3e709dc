using BtcAgent.Domain.Books;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>
/// The orders of one portfolio on one instrument, on paper. The host passes every market event in order, takes fills and
/// changed orders after each batch, and writes <see cref="ToState"/> before it takes the fills; a crash at any point then
/// repeats fills, which the ledger recognises by their trade ids, and loses none.
/// </summary>
public sealed class PaperExecution
{
    /// <summary>
    /// Orders in memory, including open ones; a client order id is recognised while its order is among them.
    /// </summary>
    public const int RecentOrdersMax = 500;

    /// <summary>Most open orders; further ones are denied.</summary>
    public const int OpenOrdersMax = 100;

    private readonly string _portfolio;
    private readonly TradingRules _rules;
    private readonly OrderBook _book = new();
    private readonly PaperVenue _venue;
    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly List<string> _oldestFirst = [];
    private readonly List<string> _changed = [];
    private readonly List<Fill> _fills = [];
    private long _lastFillNumber;
    private BookSynchronizer _synchronizer;
    private Timestamp _now;

    /// <summary>True until the first event sets the time: the stored one may come from a clock that was ahead.</summary>
    private bool _isRestored;
    private int _openCount;

    /// <exception cref="ArgumentException">The restored state belongs to another portfolio or instrument.</exception>
    public PaperExecution(
        string portfolio, TradingRules rules, PaperOptions options, PaperExecutionState? restored = null)
    {
        _portfolio = portfolio;
        _rules = rules;
        _synchronizer = new BookSynchronizer(_book);
        _venue = new PaperVenue(rules, options, _book, Receive);
        if (restored is not null)
        {
            Restore(restored);
        }
    }

    /// <summary>Number of reports that no order accepted; zero unless there is a defect.</summary>
    public long Anomalies { get; private set; }

    /// <summary>The latest event time seen.</summary>
    public Timestamp EventTime => _now;

    /// <summary>True when there are fills or changed orders to take.</summary>
    public bool HasChanges => _changed.Count > 0 || _fills.Count > 0;

    /// <summary>Open orders, oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders =>
        _openCount == 0 ? [] : _oldestFirst.Select(id => _orders[id]).Where(order => order.IsOpen).ToArray();

    /// <summary>Orders in memory, newest first, at most <see cref="RecentOrdersMax"/>.</summary>
    public IReadOnlyList<Order> RecentOrders =>
        _oldestFirst.AsEnumerable().Reverse().Select(id => _orders[id]).ToArray();

    public void OnMarket(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (marketEvent.EventTime > _now || (_isRestored && marketEvent.EventTime.IsKnown))
        {
            _now = marketEvent.EventTime;
            _isRestored = false;
        }

        _venue.Advance(marketEvent.EventTime, _synchronizer.IsInSync);
        var outcome = _synchronizer.Apply(marketEvent, levels);
        switch (outcome)
        {
            case BookUpdateOutcome.Applied:
                _venue.OnLevels(marketEvent, levels);
                break;
            case BookUpdateOutcome.Synchronized:
                _venue.OnNewBook();
                break;
            case BookUpdateOutcome.Gap or BookUpdateOutcome.Crossed or BookUpdateOutcome.Interrupted:
                _venue.OnBookLost();
                break;
            case BookUpdateOutcome.Ignored when marketEvent.Kind == MarketEventKind.Trade:
                _venue.OnTrade(marketEvent);
                break;
        }
    }

    /// <summary>False until a snapshot arrives: nothing fills before.</summary>
    public bool HasBook => _synchronizer.IsInSync;

    /// <summary>A new feed epoch began: the book is unknown until its next snapshot.</summary>
    public void OnFeedReset()
    {
        _book.Clear();
        _synchronizer = new BookSynchronizer(_book);
        _venue.OnBookLost();
    }

    /// <summary>Sends the order, or denies it with a reason; a known client order id sends nothing.</summary>
    public SubmitResult Submit(OrderIntent intent)
    {
        if (_orders.TryGetValue(intent.ClientOrderId, out var known))
        {
            return new SubmitResult(false, known);
        }

        var denial = intent.Portfolio != _portfolio || intent.Instrument != _rules.Instrument
            ? $"WRONG_BOOK: {intent.Portfolio}/{intent.Instrument} sent to {_portfolio}/{_rules.Instrument}"
            : _openCount >= OpenOrdersMax ? $"TOO_MANY_ORDERS: {OpenOrdersMax} orders are open" : null;
        var status = denial is null ? OrderStatus.Submitted : OrderStatus.Denied;
        var order = OrderLifecycle.Move(OrderLifecycle.Create(intent), status, intent.EventTime, denial, out _);
        Add(order);
        _changed.Add(intent.ClientOrderId);
        if (denial is null)
        {
            _venue.Send(order, intent.EventTime);
        }

        return new SubmitResult(true, order);
    }

    /// <returns>False when the order is unknown, has ended, or is being cancelled.</returns>
    public bool Cancel(string clientOrderId, Timestamp eventTime, string reason)
    {
        if (!_orders.TryGetValue(clientOrderId, out var order))
        {
            return false;
        }

        var pending = OrderLifecycle.Move(order, OrderStatus.PendingCancel, eventTime, reason, out _);
        if (ReferenceEquals(pending, order))
        {
            return false;
        }

        Change(order, pending);
        _venue.SendCancel(pending, eventTime, reason);
        return true;
    }

    /// <returns>Number of cancels sent.</returns>
    public int CancelAll(Timestamp eventTime, string reason) =>
        OpenOrders.Count(order => Cancel(order.Intent.ClientOrderId, eventTime, reason));

    /// <summary>Ends these orders at once for a halt, even without further market events.</summary>
    /// <returns>Number of orders ended.</returns>
    public int CancelNow(IReadOnlyList<Order> orders, string reason)
    {
        foreach (var order in orders)
        {
            _venue.CancelNow(order, reason);
        }

        return orders.Count(order => !_orders[order.Intent.ClientOrderId].IsOpen);
    }

    public IReadOnlyList<Fill> TakeFills()
    {
        Fill[] taken = [.. _fills];
        _fills.Clear();
        return taken;
    }

    /// <summary>Returns each order that changed since the last call, once, in its current state.</summary>
    public IReadOnlyList<Order> TakeChangedOrders()
    {
        Order[] taken = [.. _changed.Where(_orders.ContainsKey).Select(id => _orders[id])];
        _changed.Clear();
        return taken;
    }

    public PaperExecutionState ToState() => new()
    {
        Portfolio = _portfolio,
        Instrument = _rules.Instrument,
        EventTime = _now,
        Orders = [.. _oldestFirst.Select(id => _orders[id])],
        PendingFills = [.. _fills],
        Anomalies = Anomalies,
        LastFillNumber = _lastFillNumber,
    };

    private void Restore(PaperExecutionState state)
    {
        if (state.Portfolio != _portfolio || state.Instrument != _rules.Instrument)
        {
            throw new ArgumentException(
                $"state of {state.Portfolio}/{state.Instrument} given to {_portfolio}/{_rules.Instrument}",
                nameof(state));
        }

        _now = state.EventTime;
        _isRestored = true;
        _venue.Restore(_now);
        Anomalies = state.Anomalies;
        _lastFillNumber = state.LastFillNumber;
        _fills.AddRange(state.PendingFills);
        foreach (var order in state.Orders)
        {
            Add(order);
            if (!order.IsOpen)
            {
                continue;
            }

            if (order.VenueOrderId is null)
            {
                _venue.Send(order, Timestamp.Unknown);
            }
            else
            {
                _venue.Rest(order);
            }

            if (order.Status == OrderStatus.PendingCancel)
            {
                _venue.SendCancel(order, Timestamp.Unknown, order.Reason);
            }
        }
    }

    private void Receive(ExecutionReport report)
    {
        if (!_orders.TryGetValue(report.ClientOrderId, out var order))
        {
            Anomalies++;
            return;
        }

        var next = OrderLifecycle.Apply(order, report, out var anomaly);
        if (anomaly is not null)
        {
            Anomalies++;
            return;
        }

        if (report.Fill is { } fill && next.FillCount > order.FillCount)
        {
            // Starts at the event time: higher than all numbers used by an earlier execution whose state is lost.
            _lastFillNumber = _lastFillNumber == 0 ? Math.Max(1, fill.EventTime.UnixNanoseconds) : _lastFillNumber + 1;
            _fills.Add(fill with { Number = _lastFillNumber });
        }

        Change(order, next);
    }

    private void Change(Order before, Order after)
    {
        var id = after.Intent.ClientOrderId;
        _orders[id] = after;
        _openCount += (after.IsOpen ? 1 : 0) - (before.IsOpen ? 1 : 0);
        if (!_changed.Contains(id))
        {
            _changed.Add(id);
        }
    }

    private void Add(Order order)
    {
        if (_oldestFirst.Count >= RecentOrdersMax)
        {
            var oldest = _oldestFirst.FindIndex(id => !_orders[id].IsOpen);
            _orders.Remove(_oldestFirst[oldest]);
            _oldestFirst.RemoveAt(oldest);
        }

        _orders.Add(order.Intent.ClientOrderId, order);
        _oldestFirst.Add(order.Intent.ClientOrderId);
        _openCount += order.IsOpen ? 1 : 0;
    }
}
