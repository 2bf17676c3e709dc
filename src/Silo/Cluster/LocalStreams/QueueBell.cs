namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>
/// Wakes the single reader of a queue when a message is added. A ring before the wait counts; several rings count once.
/// </summary>
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

    /// <summary>Returns after a ring, or after the limit.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await _rings.WaitAsync(limit, cancellationToken))
        {
            // Reset before the caller checks the queue: a message added after that check rings again.
            Volatile.Write(ref _hasRung, 0);
        }
    }
}
