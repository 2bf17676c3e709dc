using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// The orders of one portfolio on one instrument at a real venue: intents, the venue's reports, and open questions. The
/// host stores <see cref="ToState"/> before it sends, and again before it delivers fills; a crash at any point then repeats
/// questions and fills, which their ids identify, and loses none.
/// <list type="number">
/// <item>A report of the venue never throws: it is applied, overtaken, or a <see cref="Doubt"/>.</item>
/// <item>The venue's id identifies an order; client order ids are names.</item>
/// <item>The venue's quantity and status win; the difference is a <see cref="Correction"/>.</item>
/// <item>A trade is booked once, however often and in whatever order it is reported or listed.</item>
/// <item>An order has ended when the venue reports its end and all executed quantity is booked.</item>
/// </list>
/// </summary>
public sealed partial class LiveExecution
{
    /// <summary>Ended orders in memory, in addition to all open ones.</summary>
    public const int RecentOrdersMax = 128;

    /// <summary>Ended orders that are stored; of older ones only the ids, which bounds the size of a write.</summary>
    public const int StoredOrdersMax = 32;

    /// <summary>Number of ids of ended orders that are recognised.</summary>
    public const int EndedIdsMax = 1_000;

    /// <summary>Most open orders of this agent; further ones are denied.</summary>
    public const int OpenOrdersMax = 100;

    private const int CorrectionsKept = 64;

    private readonly string _portfolio;
    private readonly TradingRules _rules;
    private readonly OrderMemory _book = new();
    private readonly CountedTrades _trades = new();
    private readonly DoubtList _doubts = new();
    private readonly Dictionary<string, ExecutionReport> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _changed = [];
    private readonly List<Fill> _fills = [];
    private ImmutableSortedDictionary<string, Timestamp> _sentAt =
        ImmutableSortedDictionary.Create<string, Timestamp>(StringComparer.Ordinal);
    private ImmutableArray<Correction> _corrections = [];
    private Dictionary<string, Contradiction> _contradicted = new(StringComparer.Ordinal);
    private Dictionary<string, Contradiction> _contradictedBefore = new(StringComparer.Ordinal);
    private long _lastFillNumber;
    private bool _hasUnknownTrades;
    private bool _hasUntraced;

    /// <exception cref="ArgumentException">The restored state belongs to another portfolio or instrument.</exception>
    public LiveExecution(string portfolio, TradingRules rules, LiveExecutionState? restored = null)
    {
        _portfolio = portfolio;
        _rules = rules;
        if (restored is not null)
        {
            Restore(restored);
        }
    }

    /// <summary>Increases with every change of <see cref="ToState"/>.</summary>
    public long Version { get; private set; }

    /// <summary>Doubts raised since activation, including repeats.</summary>
    public long Anomalies => _doubts.Raised;

    /// <summary>Description of the last doubt; null if none.</summary>
    public string? LastAnomaly => _doubts.LastWords;

    /// <summary>Doubts, oldest first: the open ones, and the last settled ones.</summary>
    public ImmutableArray<Doubt> Doubts => _doubts.Kept;

    /// <summary>Open orders, oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders => _book.HasOpen ? [.. _book.OldestFirst.Where(order => order.IsOpen)] : [];

    /// <summary>Orders in memory, newest first.</summary>
    public IReadOnlyList<Order> RecentOrders => [.. _book.OldestFirst.Reverse()];

    /// <summary>Orders whose cancel must be sent again when a comparison shows that they are still open.</summary>
    public IReadOnlyList<Order> OrdersBeingCanceled =>
        [.. OpenOrders.Where(order => order.Status == OrderStatus.PendingCancel)];

    /// <summary>The last 64 corrections, newest last.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <summary>Fills that the portfolio has not acknowledged; they remain until <see cref="FillsBooked"/>.</summary>
    public IReadOnlyList<Fill> PendingFills => _fills;

    /// <summary>Null before the account was first read.</summary>
    public long? TradesReadTo => _trades.ReadTo;

    /// <summary>
    /// True when the venue knows more than we do: an order without a known outcome, an end that overtook its fills, or a
    /// record that did not fit.
    /// </summary>
    public bool HasQuestions => _held.Count > 0 || _sentAt.Count > 0 || _asked.Count > 0 || _hasUnknownTrades || _hasUntraced;

    /// <summary>
    /// The subjects of <see cref="HasQuestions"/>: our ids of the orders, oldest first, trades of unknown orders, and
    /// orders that may be ours.
    /// </summary>
    public IReadOnlyList<string> Questions =>
    [
        .. _book.OldestFirst.Select(order => order.Intent.ClientOrderId).Where(id => _asked.Contains(id) || _sentAt.ContainsKey(id) || _held.ContainsKey(id)),
        .. _hasUnknownTrades ? ["trades of unknown orders"] : Array.Empty<string>(),
        .. _hasUntraced ? ["orders that may be ours"] : Array.Empty<string>(),
    ];

    /// <param name="clientOrderId">Our id of the order, or its client order id at the venue.</param>
    public Order? Find(string clientOrderId) => _book.Find(clientOrderId) ?? _book.Named(clientOrderId);

    /// <summary>
    /// Records the order as sent, or denies it with a reason; a known client order id changes nothing. The host stores the
    /// state, then sends what is new and not denied.
    /// </summary>
    /// <param name="intent">Intent that risk has approved.</param>
    /// <param name="sentAt">Our clock.</param>
    /// <param name="denial">Reason not to send; null to send.</param>
    public SubmitResult Submit(OrderIntent intent, Timestamp sentAt, string? denial = null)
    {
        if (_book.Find(intent.ClientOrderId) is { } known)
        {
            return new SubmitResult(false, known);
        }

        if (_book.HasEnded(intent.ClientOrderId))
        {
            return new SubmitResult(false, OrderLifecycle.Move(
                OrderLifecycle.Create(intent), OrderStatus.Denied, intent.EventTime, "KNOWN: this order was sent, and has ended", out _));
        }

        denial ??= intent.Portfolio != _portfolio || intent.Instrument != _rules.Instrument
            ? $"WRONG_BOOK: {intent.Portfolio}/{intent.Instrument} sent to {_portfolio}/{_rules.Instrument}"
            : _book.OwnOpenCount >= OpenOrdersMax ? $"TOO_MANY_ORDERS: {OpenOrdersMax} orders of this agent are open" : null;
        var status = denial is null ? OrderStatus.Submitted : OrderStatus.Denied;
        var order = OrderLifecycle.Move(OrderLifecycle.Create(intent), status, intent.EventTime, denial, out _);
        Add(order);
        if (denial is null)
        {
            _sentAt = _sentAt.SetItem(intent.ClientOrderId, sentAt);
        }

        return new SubmitResult(true, order);
    }

    /// <returns>False when the order is unknown, has ended, or is being cancelled.</returns>
    public bool RequestCancel(string clientOrderId, Timestamp eventTime, string reason)
    {
        if (Find(clientOrderId) is not { } order || order.Status == OrderStatus.PendingCancel)
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

    /// <summary>Ends an order that was not sent and never will be.</summary>
    public void NeverSent(string clientOrderId, string reason, Timestamp now)
    {
        if (_book.Find(clientOrderId) is { } order)
        {
            Answered(clientOrderId);
            Change(order, OrderLifecycle.Move(order, OrderStatus.Canceled, now, reason, out _));
        }
    }

    /// <summary>Applies the venue's answer to a placement.</summary>
    public void Placed(string clientOrderId, VenueAnswer answer, Timestamp now)
    {
        foreach (var report in answer.Reports)
        {
            Receive(report);
        }

        if (_book.Find(clientOrderId) is not { } order)
        {
            return;
        }

        if (answer.Outcome == VenueOutcome.Done)
        {
            if (order.VenueOrderId is not null)
            {
                Answered(clientOrderId);
            }
        }
        else if (answer.Outcome != VenueOutcome.Unknown && order.VenueOrderId is null)
        {
            // Reports of a first, unanswered request may have arrived before the refusal of a second.
            Answered(clientOrderId);
            Change(order, OrderLifecycle.Move(order, OrderStatus.Rejected, now, answer.Reason, out _));
        }
    }

    /// <summary>
    /// Applies the venue's answer to a cancel. Only a report ends the order; a refusal may mean that it has ended.
    /// </summary>
    public void CancelAnswered(string clientOrderId, VenueAnswer answer, Timestamp now)
    {
        foreach (var report in answer.Reports)
        {
            Receive(report);
        }

        if (Find(clientOrderId) is not { Status: OrderStatus.PendingCancel } order)
        {
            return;
        }

        if (answer.Outcome == VenueOutcome.NotNow)
        {
            Change(order, OrderLifecycle.Apply(order, new ExecutionReport
            {
                ClientOrderId = order.Intent.ClientOrderId,
                Kind = ExecutionReportKind.CancelRejected,
                EventTime = now,
                Reason = answer.Reason,
            }, out _));
            _asked.Remove(order.Intent.ClientOrderId);
        }
        else
        {
            // Filled, cancelled, still open, or done without a report of this order: query the venue.
            Ask(order.Intent.ClientOrderId);
        }
    }

    /// <summary>Removes fills that the portfolio has booked.</summary>
    public void FillsBooked(int count)
    {
        _fills.RemoveRange(0, count);
        Version++;
    }

    /// <summary>Returns each order that changed since the last call, once, in its current state.</summary>
    public IReadOnlyList<Order> TakeChangedOrders()
    {
        Order[] taken = [.. _changed.Select(_book.Find).OfType<Order>()];
        _changed.Clear();
        return taken;
    }

    /// <summary>Returns the doubts to act on, each open one once per activation.</summary>
    public ImmutableArray<Doubt> TakeNewDoubts() => _doubts.TakeNew();

    /// <summary>Settles all doubts after a complete comparison of orders and balances has agreed.</summary>
    public void SettleDoubts() => Version += _doubts.SettleAll() ? 1 : 0;

    /// <summary>Records a message or record of the account that cannot be read; a comparison must follow.</summary>
    public void Unreadable(string problem, string payload, Timestamp now) => Raise(DoubtKind.Unreadable, problem, problem, payload, now);
}
