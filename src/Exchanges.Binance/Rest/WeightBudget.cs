namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// The request weight of the current minute: what the venue has counted (<c>X-MBX-USED-WEIGHT-1M</c>) plus our estimate for
/// requests in flight. A request that would exceed the budget waits for the next minute.
/// </summary>
public sealed class WeightBudget(int weightPerMinuteMax, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private long _closedSince;
    private TimeSpan _closedFor;
    private int _used;
    private int _reported;

    /// <summary>Weight used in the current minute.</summary>
    public int Used
    {
        get
        {
            lock (_lock)
            {
                Roll(time.GetUtcNow());
                return _used;
            }
        }
    }

    /// <summary>Waits until the weight is available and spends it.</summary>
    public async Task SpendAsync(int weight, CancellationToken cancellationToken)
    {
        while (Reserve(weight) is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Spends the weight, or returns false without waiting.</summary>
    public bool TrySpend(int weight) => Reserve(weight) is null;

    /// <summary>Records the venue's count of this minute; never lowers our own count.</summary>
    public void Report(int used)
    {
        lock (_lock)
        {
            Roll(time.GetUtcNow());
            _reported = Math.Max(_reported, used);
            _used = Math.Max(_used, used);
        }
    }

    /// <summary>Returns the weight of a request that the venue did not charge.</summary>
    public void Refund(int weight)
    {
        lock (_lock)
        {
            Roll(time.GetUtcNow());
            _used = Math.Max(_reported, _used - weight);
        }
    }

    /// <summary>
    /// Blocks all requests for the duration, after a 429 or 418 with Retry-After. Uses the monotonic clock, so that a step
    /// of the wall clock neither ends nor extends the pause.
    /// </summary>
    public void Close(TimeSpan duration)
    {
        lock (_lock)
        {
            if (duration > ClosedFor())
            {
                (_closedSince, _closedFor) = (time.GetTimestamp(), duration);
            }
        }
    }

    /// <summary>Waits until the pause that the venue asked for is over; returns at once without one.</summary>
    public async Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        while (TimeLeft() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }

    private TimeSpan TimeLeft()
    {
        lock (_lock)
        {
            return ClosedFor();
        }
    }

    private TimeSpan ClosedFor()
    {
        var left = _closedFor - (_closedFor > TimeSpan.Zero ? time.GetElapsedTime(_closedSince) : TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan? Reserve(int weight)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Roll(now);
            if (ClosedFor() is var left && left > TimeSpan.Zero)
            {
                return left;
            }

            if (_used > 0 && _used + weight > weightPerMinuteMax)
            {
                return _minute + Window - now;
            }

            _used += weight;
            return null;
        }
    }

    private void Roll(DateTimeOffset now)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Window.Ticks), TimeSpan.Zero);
        if (minute != _minute)
        {
            _minute = minute;
            _used = _reported = 0;
        }
    }
}
