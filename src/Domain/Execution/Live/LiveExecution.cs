using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// The order side of one portfolio on one instrument at a real venue: what was asked for, what the venue said, and what
/// has to be asked. Pure: the host stores <see cref="ToState"/> before it sends, and again before it hands fills on;
/// then a crash at any point repeats questions and fills, which are known by their ids, and loses none.
/// <list type="number">
/// <item>Nothing that a venue says throws: it is applied, overtaken, or a <see cref="Doubt"/>.</item>
/// <item>An order is the venue's id; client order ids are names.</item>
/// <item>The venue's quantity and status win; the difference is a <see cref="Correction"/>.</item>
/// <item>A trade is booked once, however often and in whatever order it is reported or listed.</item>
/// <item>An order has ended when the venue says so and all it executed is booked.</item>
/// </list>
/// </summary>
public sealed partial class LiveExecution
{
    /// <summary>Ended orders remembered; open ones come on top, as many as there are.</summary>
    public const int RecentOrdersMax = 128;

    /// <summary>Ended orders that are stored; of older ones only the ids, so that a write stays small.</summary>
    public const int StoredOrdersMax = 32;

    /// <summary>Ids of ended orders that are recognised.</summary>
    public const int EndedIdsMax = 1_000;

    /// <summary>Orders of this agent open at once; one more is denied.</summary>
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

    /// <summary>Doubts raised since activation, repeats included.</summary>
    public long Anomalies => _doubts.Raised;

    /// <summary>The last doubt in words; null when there was none.</summary>
    public string? LastAnomaly => _doubts.LastWords;

    /// <summary>Oldest first: the open ones, and the last that were settled.</summary>
    public ImmutableArray<Doubt> Doubts => _doubts.Kept;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders => _book.HasOpen ? [.. _book.OldestFirst.Where(order => order.IsOpen)] : [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Order> RecentOrders => [.. _book.OldestFirst.Reverse()];

    /// <summary>Orders whose cancel has to be sent (again) when a comparison shows them still open.</summary>
    public IReadOnlyList<Order> OrdersBeingCanceled =>
        [.. OpenOrders.Where(order => order.Status == OrderStatus.PendingCancel)];

    /// <summary>Newest last, of the last 64.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <summary>Not acknowledged by the portfolio; stay until <see cref="FillsBooked"/>.</summary>
    public IReadOnlyList<Fill> PendingFills => _fills;

    /// <summary>Null before the account was first read.</summary>
    public long? TradesReadTo => _trades.ReadTo;

    /// <summary>
    /// True when the venue knows more than we do: an order without a known outcome, an end that came before its fills, a
    /// record that did not fit.
    /// </summary>
    public bool HasQuestions => _held.Count > 0 || _sentAt.Count > 0 || _asked.Count > 0 || _hasUnknownTrades || _hasUntraced;

    /// <summary>What <see cref="HasQuestions"/> is about: our ids of the orders, oldest first, and trades of orders nobody knows, orders that may be ours.</summary>
    public IReadOnlyList<string> Questions =>
    [
        .. _book.OldestFirst.Select(order => order.Intent.ClientOrderId).Where(id => _asked.Contains(id) || _sentAt.ContainsKey(id) || _held.ContainsKey(id)),
        .. _hasUnknownTrades ? ["trades of unknown orders"] : Array.Empty<string>(),
        .. _hasUntraced ? ["orders that may be ours"] : Array.Empty<string>(),
    ];

    /// <param name="clientOrderId">Our id of the order, or the name it goes by at the venue.</param>
    public Order? Find(string clientOrderId) => _book.Find(clientOrderId) ?? _book.Named(clientOrderId);

    /// <summary>
    /// Takes the order up as sent, or denies it with a reason; a known client order id changes nothing. The host
    /// stores, then sends what is new and not denied.
    /// </summary>
    /// <param name="intent">Approved by risk.</param>
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

    /// <summary>The order was not sent, and never will be.</summary>
    public void NeverSent(string clientOrderId, string reason, Timestamp now)
    {
        if (_book.Find(clientOrderId) is { } order)
        {
            Answered(clientOrderId);
            Change(order, OrderLifecycle.Move(order, OrderStatus.Canceled, now, reason, out _));
        }
    }

    /// <summary>What the venue answered to the placement.</summary>
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
            // Filled, cancelled, still there, or done without a word of this order: the venue has to be asked.
            Ask(order.Intent.ClientOrderId);
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
        Order[] taken = [.. _changed.Select(_book.Find).OfType<Order>()];
        _changed.Clear();
        return taken;
    }

    /// <summary>The doubts to act on, each open one once per activation.</summary>
    public ImmutableArray<Doubt> TakeNewDoubts() => _doubts.TakeNew();

    /// <summary>A whole comparison, orders and balances, has agreed: nothing is left to doubt.</summary>
    public void SettleDoubts() => Version += _doubts.SettleAll() ? 1 : 0;

    /// <summary>Records what the account's messages or records brought that cannot be read; it has to be asked for.</summary>
    public void Unreadable(string problem, string payload, Timestamp now) => Raise(DoubtKind.Unreadable, problem, problem, payload, now);
}
