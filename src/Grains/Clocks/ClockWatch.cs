using BtcAgent.Contracts.Clocks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Clocks;

/// <summary>
/// Detects when the machine's clock is set, logs it, and decides whether the agent follows: it does, unless the venue's
/// events show that the clock was right before. Trading therefore never sees a clock that is set wrong and right again.
/// </summary>
public sealed partial class ClockWatch(SteadyTime time, VenueClock venue, LastStored stored, ILogger<ClockWatch> logger)
    : BackgroundService, IClockBoard
{
    /// <summary>Smaller differences are drift and its correction, and are followed without a log entry: 500 ms.</summary>
    public static readonly TimeSpan StepMin = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TimeSpan _noticed;
    private TimeSpan _behindStore;
    private ClockStatus _status = new(0, 0, 0, null, 0);

    public ClockStatus Read()
    {
        lock (_lock)
        {
            return _status with { WallAheadMs = time.WallAhead.TotalMilliseconds, BehindStoreMs = _behindStore.TotalMilliseconds };
        }
    }

    /// <summary>Checks once.</summary>
    public void Look()
    {
        lock (_lock)
        {
            var ahead = time.WallAhead;
            var step = ahead - _noticed;
            if (step.Duration() < StepMin)
            {
                FollowDrift(ahead);
                return;
            }

            _noticed = ahead;
            _status = _status with { Steps = _status.Steps + 1, LastStepMs = step.TotalMilliseconds, LastStepAt = time.GetUtcNow() };
            if (ahead.Duration() >= StepMin && venue.Ahead is { } venueAhead && (venueAhead - ahead).Duration() >= venueAhead.Duration())
            {
                LogNotFollowed(logger, step.TotalSeconds, ahead.TotalSeconds);
                return;
            }

            LogFollowed(logger, step.TotalSeconds);
            Follow();
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (stored.At is { } at && at - time.GetUtcNow() is var behind && behind >= StepMin)
        {
            _behindStore = behind;
            LogBehindStore(logger, behind.TotalSeconds, at);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    /// <summary>Follows drift, but never while the machine's clock is known to be wrong.</summary>
    private void FollowDrift(TimeSpan ahead)
    {
        if (ahead.Duration() < StepMin)
        {
            Follow();
        }
    }

    private void Follow()
    {
        _noticed = TimeSpan.Zero;
        time.Follow();
        venue.Forget();
    }
}
