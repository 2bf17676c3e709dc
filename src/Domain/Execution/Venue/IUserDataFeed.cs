namespace BtcAgent.Domain.Execution.Venue;

/// <summary>What happens to our account, as the venue tells it.</summary>
public interface IUserDataFeed
{
    /// <summary>Reads until cancelled; reconnects by itself and says so.</summary>
    /// <exception cref="ExecutionVenueException">The venue refuses for a reason that no retry mends.</exception>
    Task RunAsync(IUserDataSink sink, CancellationToken cancellationToken);
}
