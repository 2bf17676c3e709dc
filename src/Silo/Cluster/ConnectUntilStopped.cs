namespace BtcAgent.Silo.Cluster;

/// <summary>Makes a gateway or feed that starts before the silos wait for them.</summary>
internal sealed class ConnectUntilStopped(TimeProvider time) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, time, cancellationToken);
        return !cancellationToken.IsCancellationRequested;
    }
}
