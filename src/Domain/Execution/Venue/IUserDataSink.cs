using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>Receives one account's events, one call at a time.</summary>
public interface IUserDataSink
{
    /// <summary>Events flow from now on; earlier ones must be queried.</summary>
    Task OnConnectedAsync();

    /// <summary>No events arrive until <see cref="OnConnectedAsync"/>.</summary>
    Task OnDisconnectedAsync(string reason);

    Task OnReportAsync(InstrumentId instrument, ExecutionReport report);

    /// <summary>An order changed on a symbol that is not an instrument of this agent.</summary>
    Task OnOtherSymbolAsync(string symbol);

    /// <summary>An event of the account cannot be read: the account must be queried.</summary>
    /// <param name="symbol">Symbol of the event, as the venue writes it; null when it cannot be read.</param>
    /// <param name="problem">Why the event cannot be read.</param>
    /// <param name="payload">The message as received.</param>
    Task OnUnreadableAsync(string? symbol, string problem, string payload);

    /// <summary>A deposit, a withdrawal or a transfer: not a trade.</summary>
    Task OnTransferAsync(BalanceTransfer transfer);
}
