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
    /// Stores the intent, then sends it. The same client order id again returns the known order; an order whose terms no longer
    /// hold is denied and not remembered.
    /// </summary>
    /// <param name="intent">Approved by risk.</param>
    /// <param name="terms">From before it was decided.</param>
    [Alias("SubmitUnder")]
    Task<Order> Submit(OrderIntent intent, SendTerms terms);

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

    /// <summary>A message of the account that cannot be read, about this instrument or about nobody knows what.</summary>
    [Alias("OnUnreadable")]
    Task OnUnreadable(string problem, string payload);

    /// <summary>Has an execution that stands still tried again; changes nothing for one that works.</summary>
    [Alias("Retry")]
    Task Retry(string reason);

    /// <summary>User data flow from now on, or no more: while they do not, or after a gap, orders are in doubt.</summary>
    [Alias("OnUserData")]
    Task OnUserData(bool connected, string reason);

    /// <summary>Starts a comparison with the venue's records; does not wait for it.</summary>
    [Alias("Reconcile")]
    Task Reconcile(string reason);

    /// <summary>Takes the venue's balances for right and books the differences at a still moment, or refuses with the reason; nothing to book on paper.</summary>
    [Alias("AcceptBalances")]
    Task<AcceptedBalances> AcceptBalances(string reason);

    /// <summary>No order that was decided before is sent from now on; what is at the venue stays there.</summary>
    [Alias("Fence"), AlwaysInterleave]
    Task Fence(string reason);

    /// <summary>
    /// As <see cref="Fence"/>, and cancels every open order of ours: those we know and those that only the venue's own list shows.
    /// Orders of a flatten that is at work and a protective stop stay. Waits for neither store nor venue: call it again until
    /// nothing is pending.
    /// </summary>
    [Alias("Clear"), AlwaysInterleave]
    Task<ClearAnswer> CancelAll(string reason);

    /// <summary>
    /// As <see cref="CancelAll"/>, the protective stop too, and closes the position at market, order by order until it is closed,
    /// also after a restart. Call it again until nothing is pending.
    /// </summary>
    /// <param name="reason">Why, for the cancelled orders.</param>
    /// <param name="asked">When it was asked for: while one is at work, another one changes nothing.</param>
    [Alias("CloseAll"), AlwaysInterleave]
    Task<ClearAnswer> Flatten(string reason, Timestamp asked);

    /// <summary>Gives up what a halt or flatten has not done yet; stored before the answer. What it has stopped stays stopped.</summary>
    [Alias("StandDown"), AlwaysInterleave]
    Task StandDown(string reason);
}
