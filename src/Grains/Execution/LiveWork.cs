using BtcAgent.Domain.Execution.Venue;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Services that the parts of a live desk share: the grain around them, the venue, the clock, and background work, which ends with
/// the activation.
/// </summary>
internal sealed partial class LiveWork : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _time;

    public LiveWork(IDeskHost host, IExecutionVenue venue, LiveOptions options, TimeProvider time, ILogger logger)
    {
        (Host, Venue, Options, _time, Logger) = (host, venue, options, time, logger);
        Ending = _ending.Token;
    }

    public IDeskHost Host { get; }

    public IExecutionVenue Venue { get; }

    public LiveOptions Options { get; }

    public ILogger Logger { get; }

    /// <summary>Cancelled when the activation ends.</summary>
    public CancellationToken Ending { get; }

    public Timestamp Now => Timestamp.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Monotonic time: a window does not widen when the time of day is set.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(0);

    public Task DelayAsync(TimeSpan pause) => Task.Delay(pause, _time, Ending);

    /// <summary>
    /// Runs work in parallel with the grain's calls. A failure ends the activation: the next one starts from the store.
    /// </summary>
    public async Task Run(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (Ending.IsCancellationRequested)
        {
            LogEnded(Logger, Host.Portfolio, Host.Instrument);
        }
        catch (Exception e)
        {
            LogFailed(Logger, Host.Portfolio, Host.Instrument, e);
            Host.Failed(e);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }
}
