using BtcAgent.Client.Operators;

namespace BtcAgent.Client.Streams;

/// <summary>The time for which a stream may last: until its caller leaves, may no longer read, or the agent stops.</summary>
internal sealed class StreamLease : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _left;
    private readonly CancellationToken _stopping;
    private readonly Action<StreamLease> _onDispose;
    private volatile StreamEnd _why;
    private long _writingSince;

    /// <param name="identity">The caller.</param>
    /// <param name="confirmedAt">Monotonic time at which the caller was admitted.</param>
    /// <param name="left">Cancelled when the caller leaves.</param>
    /// <param name="stopping">Cancelled when the agent stops.</param>
    /// <param name="onDispose">Called when the stream is over.</param>
    public StreamLease(CallerIdentity identity, long confirmedAt, CancellationToken left, CancellationToken stopping, Action<StreamLease> onDispose)
    {
        (Identity, ConfirmedAt, _left, _stopping, _onDispose) = (identity, confirmedAt, left, stopping, onDispose);
        _end = CancellationTokenSource.CreateLinkedTokenSource(left, stopping);
        Token = _end.Token;
    }

    public CallerIdentity Identity { get; }

    /// <summary>Monotonic time at which the caller was last known to be allowed. Only for the one task that judges callers.</summary>
    public long ConfirmedAt { get; set; }

    /// <summary>Monotonic time at which the write under way began; 0 between writes.</summary>
    public long WritingSince
    {
        get => Volatile.Read(ref _writingSince);
        set => Volatile.Write(ref _writingSince, value);
    }

    /// <summary>Cancelled when the stream must end.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why it must end; <see cref="StreamEnd.None"/> while it need not.</summary>
    public StreamEnd End => _why != StreamEnd.None ? _why
        : _left.IsCancellationRequested ? StreamEnd.CallerLeft
        : _stopping.IsCancellationRequested ? StreamEnd.AgentStops
        : StreamEnd.None;

    public async Task EndAsync(StreamEnd why)
    {
        _why = why;
        try
        {
            await _end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The stream ended at the same moment by itself.
        }
    }

    public void Dispose()
    {
        _onDispose(this);
        _end.Dispose();
    }
}
