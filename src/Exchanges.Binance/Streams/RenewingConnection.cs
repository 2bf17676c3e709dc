using System.Net.WebSockets;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// A connection that is replaced before it gets too old and when its server announces a shutdown. Reads the old connection
/// for a while after the new one is open: their data overlaps, so no event is lost between them.
/// </summary>
internal sealed partial class RenewingConnection(
    Uri address, BinanceOptions options, WeightBudget budget, BackOff backOff, FeedMetrics metrics, TimeProvider time, ILogger logger)
    : IDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);

    /// <summary>A shutdown announced sooner than this after the previous one is answered with back-off.</summary>
    private static readonly TimeSpan YoungMax = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _ageMax = options.ConnectionAgeMax;
    private readonly TimeSpan _keepAlive = options.KeepAlive;
    private StreamConnection? _current;
    private Task<StreamConnection>? _next;
    private SilenceWatch? _watch;
    private CancellationToken _cancellationToken;
    private bool _isLeaving;
    private long _openedAt;
    private long _dueSince;
    private TimeSpan _due;

    public ReadOnlySpan<byte> Frame => _current!.Frame;

    private bool IsNextOpen => _next is { IsCompletedSuccessfully: true };

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        await budget.WaitUntilOpenAsync(cancellationToken);
        _watch = new SilenceWatch(options.Silence, time, cancellationToken);
        _current = await StreamConnection.OpenAsync(address, _keepAlive, budget, time, _watch.Token);
        _watch.Received();
        Opened();
    }

    /// <summary>
    /// Returns false when the venue closes, or when the connection breaks while the next one is open or opening. Cancelled
    /// when it is silent for too long.
    /// </summary>
    public async ValueTask<bool> ReceiveAsync()
    {
        try
        {
            var open = await _current!.ReceiveAsync(_watch!.Token);
            _watch.Received();
            return open;
        }
        catch (Exception problem) when (problem is WebSocketException or IOException && _next is not null)
        {
            return false;
        }
    }

    /// <summary>The server shuts down: opens the next connection now, or with back-off when this one is young.</summary>
    public void Leave()
    {
        if (_isLeaving || _next is not null)
        {
            return; // Announced twice, or the next connection is already opening.
        }

        _isLeaving = true;
        LogLeaving(logger);
        if (time.GetElapsedTime(_openedAt) < YoungMax)
        {
            SetDue(backOff.Next());
            return;
        }

        backOff.Reset();
        Begin();
    }

    /// <summary>Call between frames: returns true when the next frame comes from a new connection.</summary>
    public bool TrySwitch()
    {
        if (time.GetElapsedTime(_dueSince) < _due)
        {
            return false;
        }

        if (_next is null)
        {
            Begin();
            return false;
        }

        if (_next.IsCompleted && !IsNextOpen)
        {
            LogNotRenewed(logger, _next.Exception?.InnerException?.Message ?? "cancelled");
            _next = null;
            SetDue(backOff.Next());
        }

        return TakeNext();
    }

    /// <summary>
    /// Call when the old connection has ended: the next one also has what the old one still delivered. Waits for a
    /// connection that is being opened, but no longer than for a silent one.
    /// </summary>
    public async Task<bool> TakeNextAsync()
    {
        if (_next is { IsCompleted: false } opening)
        {
            await ((Task)opening).WaitAsync(_watch!.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return TakeNext();
    }

    private bool TakeNext()
    {
        if (!IsNextOpen)
        {
            return false;
        }

        _current!.Dispose();
        _current = _next!.Result;
        _next = null;
        Opened();
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

    private void Begin()
    {
        SetDue(Overlap);
        _next = OpenNextAsync();
    }

    private async Task<StreamConnection> OpenNextAsync()
    {
        await budget.WaitUntilOpenAsync(_cancellationToken);
        return await StreamConnection.OpenAsync(address, _keepAlive, budget, time, _cancellationToken);
    }

    private void Opened()
    {
        _isLeaving = false;
        _openedAt = time.GetTimestamp();
        SetDue(_ageMax);
    }

    private void SetDue(TimeSpan after)
    {
        _dueSince = time.GetTimestamp();
        _due = after;
    }
}
