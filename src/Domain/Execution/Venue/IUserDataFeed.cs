namespace BtcAgent.Domain.Execution.Venue;

/// <summary>The events of our account, as reported by the venue.</summary>
public interface IUserDataFeed
{
    /// <summary>Reads until cancelled. Reconnects by itself and notifies the sink.</summary>
    /// <exception cref="ExecutionVenueException">The venue refuses for a reason that no retry can fix.</exception>
    Task RunAsync(IUserDataSink sink, CancellationToken cancellationToken);
}
