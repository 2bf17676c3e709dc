using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Execution;

/// <summary>Key: <c>portfolio/instrument</c>. Owns the orders of one portfolio on one instrument.</summary>
[Alias("IExecutionGrain")]
public interface IExecutionGrain : IGrainWithStringKey
{
    /// <summary>Stores the intent, then sends it. The same client order id again returns the known order.</summary>
    [Alias("Submit")]
    Task<Order> Submit(OrderIntent intent);

    /// <summary>
    /// The market as it passes, in order: what paper orders fill against. Answers when fills are in the portfolio.
    /// </summary>
    /// <param name="batch">Consecutive events of the instrument.</param>
    /// <param name="from">Index of the first event of the batch to apply.</param>
    /// <param name="to">Index after the last one.</param>
    /// <returns>
    /// True when the simulation here has no book, as after a restart of this grain alone: a snapshot, sequence 0, is welcome.
    /// </returns>
    [Alias("OnMarket")]
    Task<bool> OnMarket(MarketDataBatch batch, int from, int to);

    /// <summary>What risk looks at before an order.</summary>
    [Alias("GetOpenOrders")]
    Task<OpenOrders> GetOpenOrders();

    /// <param name="limit">How many of the newest, 1…500.</param>
    [Alias("GetOrders")]
    Task<ImmutableArray<Order>> GetOrders(int limit);

    /// <summary>Asks for the cancel of one order; null when it is not known.</summary>
    [Alias("Cancel")]
    Task<Order?> Cancel(string clientOrderId, string reason);

    /// <summary>Where the orders stand against the venue's records.</summary>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ExecutionStatus> GetStatus();

    /// <summary>What the venue says of an order on our account; on paper, nothing.</summary>
    [Alias("OnReport")]
    Task OnReport(ExecutionReport report);

    /// <summary>User data flow from now on, or no more: while they do not, or after a gap, orders are in doubt.</summary>
    [Alias("OnUserData")]
    Task OnUserData(bool connected, string reason);

    /// <summary>Starts a comparison with the venue's records; does not wait for it.</summary>
    [Alias("Reconcile")]
    Task Reconcile(string reason);

    /// <summary>Takes the venue's balances for right and books the differences; empty on paper.</summary>
    [Alias("AcceptBalances")]
    Task<ImmutableArray<BalanceTransfer>> AcceptBalances(string reason);

    /// <summary>Cancels every open order; answers how many.</summary>
    [Alias("CancelAll")]
    Task<int> CancelAll(string reason);

    /// <summary>Cancels every open order and closes the position at market; null when there is nothing to close.</summary>
    /// <param name="reason">Why, for the cancelled orders.</param>
    /// <param name="asked">When it was asked for: the same again is the same order.</param>
    [Alias("Flatten")]
    Task<Order?> Flatten(string reason, Timestamp asked);
}
