using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>Receives one account's events, one call at a time.</summary>
public interface IUserDataSink
{
    /// <summary>Events flow from now on; what happened before has to be asked for.</summary>
    Task OnConnectedAsync();

    /// <summary>Nothing more comes until <see cref="OnConnectedAsync"/>.</summary>
    Task OnDisconnectedAsync(string reason);

    Task OnReportAsync(InstrumentId instrument, ExecutionReport report);

    /// <summary>A deposit, a withdrawal or a transfer: not a trade.</summary>
    Task OnTransferAsync(BalanceTransfer transfer);
}
