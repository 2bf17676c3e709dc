namespace BtcAgent.Grains.Clocks;

/// <summary>
/// The agent's clock: starts with the machine's clock and then runs without steps, even when that one is set.
/// <see cref="Follow"/> adopts the machine's current time.
/// </summary>
public sealed class SteadyTime(TimeProvider wall) : TimeProvider
{
    private Anchor _anchor = new(wall.GetUtcNow(), wall.GetTimestamp());

    public override long TimestampFrequency => wall.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <summary>How far the machine's clock is ahead; negative when it is behind.</summary>
    public TimeSpan WallAhead => wall.GetUtcNow() - GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.Utc + wall.GetElapsedTime(anchor.Timestamp);
    }

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>Continues from the machine's current time.</summary>
    public void Follow() => Volatile.Write(ref _anchor, new Anchor(wall.GetUtcNow(), wall.GetTimestamp()));

    private sealed record Anchor(DateTimeOffset Utc, long Timestamp);
}
