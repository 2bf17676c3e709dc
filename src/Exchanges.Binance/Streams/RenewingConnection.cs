using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// A connection that is replaced before it gets too old. The old one is read for a while after the new one is
/// open, so that what the new one brings overlaps and nothing is missing between them.
/// </summary>
internal sealed partial class RenewingConnection(
    Uri address, BinanceOptions options, FeedMetrics metrics, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _ageMax = TimeSpan.FromHours(options.ConnectionHoursMax);
    private readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(options.KeepAliveSeconds);
    private StreamConnection? _current;
    private Task<StreamConnection>? _next;
    private SilenceWatch? _watch;
    private CancellationToken _cancellationToken;
    private long _dueSince;
    private TimeSpan _due;

    public ReadOnlySpan<byte> Frame => _current!.Frame;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _watch = new SilenceWatch(TimeSpan.FromSeconds(options.SilenceSeconds), time, cancellationToken);
        _current = await StreamConnection.OpenAsync(address, _keepAlive, _watch.Token);
        _watch.Heard();
        SetDue(_ageMax);
    }

    /// <summary>False when the venue closes; cancelled when it is silent for too long.</summary>
    public async ValueTask<bool> ReceiveAsync()
    {
        var open = await _current!.ReceiveAsync(_watch!.Token);
        _watch.Heard();
        return open;
    }

    /// <summary>Call between frames: true when the next frame comes from a new connection.</summary>
    public bool TrySwitch()
    {
        if (time.GetElapsedTime(_dueSince) < _due)
        {
            return false;
        }

        if (_next is null)
        {
            SetDue(Overlap);
            _next = StreamConnection.OpenAsync(address, _keepAlive, _cancellationToken);
            return false;
        }

        if (!_next.IsCompletedSuccessfully)
        {
            if (_next.IsCompleted)
            {
                LogNotRenewed(logger, _next.Exception?.InnerException?.Message ?? "cancelled");
                _next = null;
                SetDue(TimeSpan.FromSeconds(options.BackOffMaxSeconds));
            }

            return false;
        }

        _current!.Dispose();
        _current = _next.Result;
        _next = null;
        SetDue(_ageMax);
        metrics.Renewal();
        return true;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _current?.Dispose();
        _next?.ContinueWith(
            static opened => opened.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    private void SetDue(TimeSpan after)
    {
        _dueSince = time.GetTimestamp();
        _due = after;
    }
}
