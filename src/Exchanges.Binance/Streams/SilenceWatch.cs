namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>Cancels <see cref="Token"/> after a period without frames. A frame costs one time stamp.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly TimeSpan _silence;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _lastHeard;

    public SilenceWatch(TimeSpan silence, TimeProvider time, CancellationToken cancellationToken)
    {
        _silence = silence;
        _time = time;
        _lastHeard = time.GetTimestamp();
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(
            static watch => ((SilenceWatch)watch!).Check(), this, silence, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _cancellation.Token;

    public void Received() => Volatile.Write(ref _lastHeard, _time.GetTimestamp());

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
    }

    private void Check()
    {
        var left = _silence - _time.GetElapsedTime(Volatile.Read(ref _lastHeard));
        try
        {
            if (left <= TimeSpan.Zero)
            {
                _cancellation.Cancel();
            }
            else
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The connection ended while the timer was firing.
            return;
        }
    }
}
