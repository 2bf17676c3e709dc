namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>Wakes the one reader of a queue when something was put in it. A ring before the wait counts; several count once.</summary>
internal sealed class QueueBell
{
    private readonly SemaphoreSlim _rings = new(0, 1);
    private int _hasRung;

    public void Ring()
    {
        if (Interlocked.Exchange(ref _hasRung, 1) == 0)
        {
            _rings.Release();
        }
    }

    /// <summary>Returns at a ring, or after the limit.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await _rings.WaitAsync(limit, cancellationToken))
        {
            // Before the queue is looked at: what comes after that look rings again.
            Volatile.Write(ref _hasRung, 0);
        }
    }
}
