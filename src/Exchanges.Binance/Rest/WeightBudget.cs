namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// The request weight of the current minute, as the venue counts it (<c>X-MBX-USED-WEIGHT-1M</c>) and as we expect
/// it for requests on their way. A request that would go over the budget waits for the next minute.
/// </summary>
public sealed class WeightBudget(int weightPerMinuteMax, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private DateTimeOffset _closedUntil;
    private int _used;

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

    /// <summary>Returns when the weight may be spent; it then counts as spent.</summary>
    public async Task SpendAsync(int weight, CancellationToken cancellationToken)
    {
        while (Reserve(weight) is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Counts the weight as spent, or answers false without waiting.</summary>
    public bool TrySpend(int weight) => Reserve(weight) is null;

    /// <summary>What the venue says has been used in this minute; never lowers our own count.</summary>
    public void Report(int used)
    {
        lock (_lock)
        {
            Roll(time.GetUtcNow());
            _used = Math.Max(_used, used);
        }
    }

    /// <summary>No request until then: a 429 or 418 with Retry-After.</summary>
    public void Close(TimeSpan duration)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + duration;
            _closedUntil = until > _closedUntil ? until : _closedUntil;
        }
    }

    private TimeSpan? Reserve(int weight)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Roll(now);
            if (now < _closedUntil)
            {
                return _closedUntil - now;
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
            _used = 0;
        }
    }
}
