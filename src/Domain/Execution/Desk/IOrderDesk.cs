using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>
/// The destination of one portfolio's orders on one instrument: a venue, or paper. Runs on the scheduler of the grain that
/// holds it, which does not distinguish the two.
/// <list type="number">
/// <item>An intent is stored before its submission is answered, and fills are stored with their order before they are
/// booked.</item>
/// <item>An order decided before the last <see cref="Fence"/>, <see cref="ClearAsync"/> or <see cref="FlattenAsync"/> is
/// not sent.</item>
/// <item>Stopping, clearing and closing interleave with every call, and wait for store and venue no longer than
/// <see cref="AnswerWait"/>.</item>
/// </list>
/// </summary>
public interface IOrderDesk : IDisposable
{
    /// <summary>
    /// Longest wait of a call, 300 ms. Work that takes longer is reported as pending and continues in the background.
    /// </summary>
    static readonly TimeSpan AnswerWait = TimeSpan.FromMilliseconds(300);

    ExecutionStatus Status { get; }

    /// <summary>Continues from the stored state. Called once, before any other member.</summary>
    Task StartAsync();

    /// <summary>
    /// Stores the intent, starts sending it, and answers. A known client order id returns the known order and sends
    /// nothing.
    /// </summary>
    /// <param name="intent">Intent that risk has approved.</param>
    /// <param name="terms">Terms read before the decision.</param>
    Task<Order> SubmitAsync(OrderIntent intent, SendTerms terms);

    /// <returns>The order in its current state; null when it is unknown.</returns>
    Task<Order?> CancelAsync(string clientOrderId, string reason);

    /// <summary>Returns the open orders that count in risk, and the epoch for a decision made from them.</summary>
    Task<OpenOrders> GetOpenOrdersAsync();

    /// <param name="limit">Number of newest orders, at least 1.</param>
    Task<ImmutableArray<Order>> GetOrdersAsync(int limit);

    /// <summary>
    /// Receives the market events: paper orders and the simulated twins of real orders fill against them.
    /// </summary>
    /// <returns>True when the simulation has no book and needs a snapshot.</returns>
    Task<bool> OnMarketAsync(MarketDataBatch batch, int from, int to);

    /// <summary>Stops sending orders that were decided before this call; orders at the venue remain there.</summary>
    void Fence(string reason);

    /// <summary>
    /// Does what <see cref="Fence"/> does, and also cancels all open orders of the agent except those of a flatten and a
    /// protective stop.
    /// </summary>
    Task<ClearAnswer> ClearAsync(string reason);

    /// <summary>
    /// Does what <see cref="ClearAsync"/> does, and also cancels the protective stop and sells or buys at market until the
    /// position is closed.
    /// </summary>
    /// <param name="reason">Reason recorded with the cancelled orders.</param>
    /// <param name="asked">Time of the command, from which the closing orders' ids derive. During a flatten another one has
    /// no effect.</param>
    Task<ClearAnswer> FlattenAsync(string reason, Timestamp asked);

    /// <summary>Abandons clearing and closing, and stores that before returning.</summary>
    Task StandDownAsync(string reason);

    /// <summary>Applies the venue's report of an order. A paper desk ignores it.</summary>
    Task OnReportAsync(ExecutionReport report);

    /// <summary>Handles a message of the account that cannot be read. Has no effect on paper.</summary>
    Task OnUnreadableAsync(string problem, string payload);

    /// <summary>User data has started or stopped flowing. Has no effect on paper.</summary>
    void OnUserData(bool connected, string reason);

    /// <summary>Starts a comparison with the venue's records. Has no effect on paper.</summary>
    void Reconcile(string reason);

    /// <summary>Accepts the venue's balances. On paper there are none: books nothing, and does not refuse.</summary>
    Task<AcceptedBalances> AcceptBalancesAsync(string reason);
}
