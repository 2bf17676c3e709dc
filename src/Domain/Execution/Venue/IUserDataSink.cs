using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>Receives one account's events, one call at a time.</summary>
public interface IUserDataSink
{
    /// <summary>Events flow from now on; what happened before has to be asked for.</summary>
    Task OnConnectedAsync();

    /// <summary>Nothing more comes until <see cref="OnConnectedAsync"/>.</summary>
    Task OnDisconnectedAsync(string reason);

    Task OnReportAsync(InstrumentId instrument, ExecutionReport report);

    /// <summary>An order changed on a symbol that is no instrument of this agent.</summary>
    Task OnOtherSymbolAsync(string symbol);

    /// <summary>Something happened on the account that cannot be read: it has to be asked for.</summary>
    /// <param name="symbol">What it was about, the venue's word; null where not even that can be read.</param>
    /// <param name="problem">Why it cannot.</param>
    /// <param name="payload">The message as received.</param>
    Task OnUnreadableAsync(string? symbol, string problem, string payload);

    /// <summary>A deposit, a withdrawal or a transfer: not a trade.</summary>
    Task OnTransferAsync(BalanceTransfer transfer);
}
