using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Execution;

/// <summary>Key: <c>portfolio/instrument</c>. Owns the orders of one portfolio on one instrument.</summary>
[Alias("IExecutionGrain")]
public interface IExecutionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores the intent, then sends it. A repeated client order id returns the known order; an order whose terms no longer
    /// hold is denied and not stored.
    /// </summary>
    /// <param name="intent">Approved by risk.</param>
    /// <param name="terms">Read before the order was decided.</param>
    [Alias("SubmitUnder")]
    Task<Order> Submit(OrderIntent intent, SendTerms terms);

    /// <summary>
    /// Applies the market's events in order; paper orders fill against them. Returns when the portfolio has the fills.
    /// </summary>
    /// <param name="batch">Consecutive events of the instrument.</param>
    /// <param name="from">Index of the first event of the batch to apply.</param>
    /// <param name="to">Index after the last one.</param>
    /// <returns>
    /// True when the simulation has no book, as after a restart of this grain alone, and needs a snapshot (sequence 0).
    /// </returns>
    [Alias("OnMarket")]
    Task<bool> OnMarket(MarketDataBatch batch, int from, int to);

    /// <summary>Returns the open orders, which risk checks before an order.</summary>
    [Alias("GetOpenOrders")]
    Task<OpenOrders> GetOpenOrders();

    /// <param name="limit">How many of the newest, 1…500.</param>
    [Alias("GetOrders")]
    Task<ImmutableArray<Order>> GetOrders(int limit);

    /// <summary>Requests the cancel of one order; returns null when the order is unknown.</summary>
    [Alias("Cancel")]
    Task<Order?> Cancel(string clientOrderId, string reason);

    /// <summary>Compares the orders with the venue's records.</summary>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ExecutionStatus> GetStatus();

    /// <summary>Handles the venue's report on an order of the account; does nothing on paper.</summary>
    [Alias("OnReport")]
    Task OnReport(ExecutionReport report);

    /// <summary>Handles an unreadable message of the account, about this or an unknown instrument.</summary>
    [Alias("OnUnreadable")]
    Task OnUnreadable(string problem, string payload);

    /// <summary>Retries the work of a stalled execution; changes nothing for one that works.</summary>
    [Alias("Retry")]
    Task Retry(string reason);

    /// <summary>
    /// Reports that user data flow or have stopped: while they are stopped, or after a gap, orders are in doubt.
    /// </summary>
    [Alias("OnUserData")]
    Task OnUserData(bool connected, string reason);

    /// <summary>Starts a comparison with the venue's records; does not wait for it.</summary>
    [Alias("Reconcile")]
    Task Reconcile(string reason);

    /// <summary>
    /// Accepts the venue's balances and books the differences while the account is quiet, or refuses with the reason; books
    /// nothing on paper.
    /// </summary>
    [Alias("AcceptBalances")]
    Task<AcceptedBalances> AcceptBalances(string reason);

    /// <summary>Prevents every order decided earlier from being sent; orders at the venue stay.</summary>
    [Alias("Fence"), AlwaysInterleave]
    Task Fence(string reason);

    /// <summary>
    /// Does what <see cref="Fence"/> does, and cancels every open order of this portfolio, including those that only the
    /// venue's list shows. Leaves the orders of a running flatten and a protective stop in place. Waits at most 300 ms; call it
    /// again until nothing is pending.
    /// </summary>
    [Alias("Clear"), AlwaysInterleave]
    Task<ClearAnswer> CancelAll(string reason);

    /// <summary>
    /// Does what <see cref="CancelAll"/> does, and also cancels the protective stop and closes the position at market, one order
    /// after another, across restarts. Call it again until nothing is pending.
    /// </summary>
    /// <param name="reason">Recorded with the cancelled orders.</param>
    /// <param name="asked">When it was requested: while one is running, another one changes nothing.</param>
    [Alias("CloseAll"), AlwaysInterleave]
    Task<ClearAnswer> Flatten(string reason, Timestamp asked);

    /// <summary>Ends an unfinished halt or flatten and stores that before returning. Stopped orders stay stopped.</summary>
    [Alias("StandDown"), AlwaysInterleave]
    Task StandDown(string reason);
}
