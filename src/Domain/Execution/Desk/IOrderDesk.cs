using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>
/// Where the orders of one portfolio on one instrument go: to a venue, or on paper. Runs on the scheduler of the grain that holds it,
/// which does not know which one it is.
/// <list type="number">
/// <item>An intent is stored before it is answered for, and fills are stored with their order before they are booked.</item>
/// <item>Nothing is sent that was decided before the last <see cref="Fence"/>, <see cref="ClearAsync"/> or <see cref="FlattenAsync"/>.</item>
/// <item>Stopping, clearing and closing interleave with everything, and wait for neither store nor venue beyond <see cref="AnswerWait"/>.</item>
/// </list>
/// </summary>
public interface IOrderDesk : IDisposable
{
    /// <summary>Longest wait of a call. Work that takes longer is reported as pending and continues in the background.</summary>
    static readonly TimeSpan AnswerWait = TimeSpan.FromMilliseconds(300);

    ExecutionStatus Status { get; }

    /// <summary>Continues from what is stored. Called once, before anything else.</summary>
    Task StartAsync();

    /// <summary>Stores the intent, starts sending it, and answers. A known client order id returns the known order and sends nothing.</summary>
    /// <param name="intent">Approved by risk.</param>
    /// <param name="terms">From before it was decided.</param>
    Task<Order> SubmitAsync(OrderIntent intent, SendTerms terms);

    /// <returns>The order as it is now; null when it is not known.</returns>
    Task<Order?> CancelAsync(string clientOrderId, string reason);

    /// <summary>Open orders that count in risk, with the epoch that a decision made from them carries.</summary>
    Task<OpenOrders> GetOpenOrdersAsync();

    /// <param name="limit">Of the newest, at least 1.</param>
    Task<ImmutableArray<Order>> GetOrdersAsync(int limit);

    /// <summary>The market as it passes: paper orders fill against it, and so do the simulated twins of real ones.</summary>
    /// <returns>True when the simulation has no book and wants a snapshot.</returns>
    Task<bool> OnMarketAsync(MarketDataBatch batch, int from, int to);

    /// <summary>No order that was decided before is sent from now on; what is at the venue stays there.</summary>
    void Fence(string reason);

    /// <summary>As <see cref="Fence"/>, and cancels every open order of ours but those of a flatten and a protective stop.</summary>
    Task<ClearAnswer> ClearAsync(string reason);

    /// <summary>As <see cref="ClearAsync"/>, the protective stop too, and closes the position at market until it is closed.</summary>
    /// <param name="reason">For the cancelled orders.</param>
    /// <param name="asked">Names the closing orders; while one flatten is at work another changes nothing.</param>
    Task<ClearAnswer> FlattenAsync(string reason, Timestamp asked);

    /// <summary>Gives up what is not cleared or closed yet; stored before the answer.</summary>
    Task StandDownAsync(string reason);

    /// <summary>Applies the venue's report of an order. A paper desk ignores it.</summary>
    Task OnReportAsync(ExecutionReport report);

    /// <summary>A message of the account that cannot be read. On paper nothing changes.</summary>
    Task OnUnreadableAsync(string problem, string payload);

    /// <summary>User data flow from now on, or no longer. On paper nothing changes.</summary>
    void OnUserData(bool connected, string reason);

    /// <summary>Starts a comparison with the venue's records. On paper there is nobody to compare with: nothing starts.</summary>
    void Reconcile(string reason);

    /// <summary>Takes the venue's balances for right. On paper there are none: nothing is booked, and that is no refusal.</summary>
    Task<AcceptedBalances> AcceptBalancesAsync(string reason);
}
