using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// The order side of one portfolio on one instrument at a real venue: what was asked for, what the venue said, and what
/// has to be asked. Pure: the host stores <see cref="ToState"/> before it sends, and again before it hands fills on;
/// then a crash at any point repeats questions and fills, which are known by their ids, and loses none.
/// </summary>
public sealed partial class LiveExecution
{
    /// <summary>Orders remembered, open ones included.</summary>
    public const int RecentOrdersMax = 128;

    /// <summary>Ended orders that are stored; of older ones only the ids, so that a write stays small.</summary>
    public const int StoredOrdersMax = 32;

    /// <summary>Client ids of ended orders that are recognised.</summary>
    public const int EndedIdsMax = 1_000;

    /// <summary>Orders open at once; one more is denied.</summary>
    public const int OpenOrdersMax = 100;

    private const int CorrectionsKept = 64;

    private readonly string _portfolio;
    private readonly TradingRules _rules;
    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly List<string> _oldestFirst = [];
    private readonly Queue<string> _endedInOrder = new();
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutionReport> _held = new(StringComparer.Ordinal);
    private readonly List<string> _changed = [];
    private readonly List<Fill> _fills = [];
    private ImmutableSortedDictionary<string, Timestamp> _sentAt =
        ImmutableSortedDictionary.Create<string, Timestamp>(StringComparer.Ordinal);
    private ImmutableSortedSet<long> _tradesSeen = [];
    private ImmutableArray<Correction> _corrections = [];
    private long? _tradesReadTo;
    private int _openCount;

    /// <exception cref="ArgumentException">The restored state is of another portfolio or instrument.</exception>
    public LiveExecution(string portfolio, TradingRules rules, LiveExecutionState? restored = null)
    {
        _portfolio = portfolio;
        _rules = rules;
        if (restored is not null)
        {
            Restore(restored);
        }
    }

    /// <summary>Grows with every change of <see cref="ToState"/>.</summary>
    public long Version { get; private set; }

    /// <summary>Reports that said what cannot be: an overfill, a fill of another side.</summary>
    public long Anomalies { get; private set; }

    /// <summary>The last anomaly in words; null when there was none.</summary>
    public string? LastAnomaly { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders =>
        _openCount == 0 ? [] : _oldestFirst.Select(id => _orders[id]).Where(order => order.IsOpen).ToArray();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Order> RecentOrders =>
        _oldestFirst.AsEnumerable().Reverse().Select(id => _orders[id]).ToArray();

    /// <summary>Orders whose cancel has to be sent (again) when a comparison shows them still open.</summary>
    public IReadOnlyList<Order> OrdersBeingCanceled =>
        [.. OpenOrders.Where(order => order.Status == OrderStatus.PendingCancel)];

    /// <summary>Newest last, of the last 64.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <summary>Not acknowledged by the portfolio; stay until <see cref="FillsBooked"/>.</summary>
    public IReadOnlyList<Fill> PendingFills => _fills;

    /// <summary>Null before the account was first read.</summary>
    public long? TradesReadTo => _tradesReadTo;

    /// <summary>
    /// True when the venue knows more than we do: an order without a known outcome, or an end that came before its
    /// fills.
    /// </summary>
    public bool HasQuestions => _held.Count > 0 || _sentAt.Count > 0;

    public Order? Find(string clientOrderId) => _orders.GetValueOrDefault(clientOrderId);

    /// <summary>
    /// Takes the order up as sent, or denies it with a reason; a known client order id changes nothing. The host
    /// stores, then sends what is new and not denied.
    /// </summary>
    /// <param name="intent">Approved by risk.</param>
    /// <param name="sentAt">Our clock.</param>
    /// <param name="denial">Reason not to send; null to send.</param>
    public SubmitResult Submit(OrderIntent intent, Timestamp sentAt, string? denial = null)
    {
        if (_orders.TryGetValue(intent.ClientOrderId, out var known))
        {
            return new SubmitResult(false, known);
        }

        if (_ended.Contains(intent.ClientOrderId))
        {
            return new SubmitResult(false, OrderLifecycle.Move(
                OrderLifecycle.Create(intent), OrderStatus.Denied, intent.EventTime, "KNOWN: this order was sent, and has ended", out _));
        }

        denial ??= intent.Portfolio != _portfolio || intent.Instrument != _rules.Instrument
            ? $"WRONG_BOOK: {intent.Portfolio}/{intent.Instrument} sent to {_portfolio}/{_rules.Instrument}"
            : _openCount >= OpenOrdersMax ? $"TOO_MANY_ORDERS: {OpenOrdersMax} orders are open" : null;
        var status = denial is null ? OrderStatus.Submitted : OrderStatus.Denied;
        var order = OrderLifecycle.Move(OrderLifecycle.Create(intent), status, intent.EventTime, denial, out _);
        Add(order);
        Touch(intent.ClientOrderId);
        if (denial is null)
        {
            _sentAt = _sentAt.SetItem(intent.ClientOrderId, sentAt);
        }

        return new SubmitResult(true, order);
    }

    /// <returns>False when the order is unknown, has ended, or is being cancelled.</returns>
    public bool RequestCancel(string clientOrderId, Timestamp eventTime, string reason)
    {
        if (!_orders.TryGetValue(clientOrderId, out var order) || order.Status == OrderStatus.PendingCancel)
        {
            return false;
        }

        var pending = OrderLifecycle.Move(order, OrderStatus.PendingCancel, eventTime, reason, out var anomaly);
        if (anomaly is not null)
        {
            return false;
        }

        Change(order, pending);
        return true;
    }

    /// <summary>The order was not sent, and never will be.</summary>
    public void NeverSent(string clientOrderId, string reason, Timestamp now)
    {
        if (_orders.TryGetValue(clientOrderId, out var order))
        {
            Answered(clientOrderId);
            Change(order, OrderLifecycle.Move(order, OrderStatus.Canceled, now, reason, out _));
        }
    }

    /// <summary>What the venue answered to the placement.</summary>
    public void Placed(string clientOrderId, VenueAnswer answer, Timestamp now)
    {
        if (!_orders.TryGetValue(clientOrderId, out var order))
        {
            return;
        }

        foreach (var report in answer.Reports)
        {
            Receive(report);
        }

        order = _orders[clientOrderId];
        if (answer.Outcome is VenueOutcome.Done)
        {
            Answered(clientOrderId);
        }
        else if (answer.Outcome is not VenueOutcome.Unknown && order.VenueOrderId is null)
        {
            // Reports of a first, unanswered request may have been quicker than the refusal of a second.
            Answered(clientOrderId);
            Change(order, OrderLifecycle.Move(order, OrderStatus.Rejected, now, answer.Reason, out _));
        }
    }

    /// <summary>What the venue answered to a cancel. Only a report ends the order; a refusal may mean that it has ended.</summary>
    public void CancelAnswered(string clientOrderId, VenueAnswer answer, Timestamp now)
    {
        foreach (var report in answer.Reports)
        {
            Receive(report);
        }

        if (!_orders.TryGetValue(clientOrderId, out var order) || order.Status != OrderStatus.PendingCancel)
        {
            return;
        }

        if (answer.Outcome == VenueOutcome.NotNow)
        {
            Receive(new ExecutionReport
            {
                ClientOrderId = clientOrderId,
                Kind = ExecutionReportKind.CancelRejected,
                EventTime = now,
                Reason = answer.Reason,
            });
        }
        else if (answer.Outcome != VenueOutcome.Done)
        {
            // Filled, cancelled, or still there: the venue has to be asked.
            Ask(clientOrderId, now);
        }
    }

    /// <summary>The portfolio has booked these; they are handed over no more.</summary>
    public void FillsBooked(int count)
    {
        _fills.RemoveRange(0, count);
        Version++;
    }

    /// <summary>Each order that changed since the last call, once, as it stands now.</summary>
    public IReadOnlyList<Order> TakeChangedOrders()
    {
        Order[] taken = [.. _changed.Where(_orders.ContainsKey).Select(id => _orders[id])];
        _changed.Clear();
        return taken;
    }

    private void Answered(string clientOrderId)
    {
        if (_sentAt.ContainsKey(clientOrderId))
        {
            _sentAt = _sentAt.Remove(clientOrderId);
            Version++;
        }
    }

    private void Change(Order before, Order after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        var id = after.Intent.ClientOrderId;
        _orders[id] = after;
        _openCount += (after.IsOpen ? 1 : 0) - (before.IsOpen ? 1 : 0);
        if (!after.IsOpen)
        {
            _sentAt = _sentAt.Remove(id);
        }

        Touch(id);
    }

    private void Touch(string clientOrderId)
    {
        Version++;
        if (!_changed.Contains(clientOrderId))
        {
            _changed.Add(clientOrderId);
        }
    }

    private void Add(Order order)
    {
        if (_oldestFirst.Count >= RecentOrdersMax)
        {
            var oldest = _oldestFirst.FindIndex(id => !_orders[id].IsOpen);
            _held.Remove(_oldestFirst[oldest]);
            RememberEnded(_oldestFirst[oldest]);
            _orders.Remove(_oldestFirst[oldest]);
            _oldestFirst.RemoveAt(oldest);
        }

        _orders.Add(order.Intent.ClientOrderId, order);
        _oldestFirst.Add(order.Intent.ClientOrderId);
        _openCount += order.IsOpen ? 1 : 0;
        Version++;
    }

    private void RememberEnded(string clientOrderId)
    {
        if (_ended.Add(clientOrderId))
        {
            _endedInOrder.Enqueue(clientOrderId);
            if (_endedInOrder.Count > EndedIdsMax)
            {
                _ended.Remove(_endedInOrder.Dequeue());
            }
        }
    }

    private void Correct(CorrectionKind kind, string subject, string reason, Timestamp eventTime)
    {
        var correction = new Correction($"{kind}-{subject}", kind, reason, eventTime);
        _corrections = [.. _corrections.TakeLast(CorrectionsKept - 1), correction];
        Version++;
    }

    private void Anomaly(string what)
    {
        Anomalies++;
        LastAnomaly = what;
    }
}
