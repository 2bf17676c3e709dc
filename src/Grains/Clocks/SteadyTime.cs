namespace BtcAgent.Grains.Clocks;

/// <summary>
/// The clock that the agent goes by: it starts with the machine's clock and then runs on without steps, whatever that one
/// is set to. <see cref="Follow"/> takes over what the machine's clock says now.
/// </summary>
public sealed class SteadyTime(TimeProvider wall) : TimeProvider
{
    private Anchor _anchor = new(wall.GetUtcNow(), wall.GetTimestamp());

    public override long TimestampFrequency => wall.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <summary>By how much the machine's clock is ahead; negative when it is behind.</summary>
    public TimeSpan WallAhead => wall.GetUtcNow() - GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.Utc + wall.GetElapsedTime(anchor.Timestamp);
    }

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>From here on it goes on from what the machine's clock says.</summary>
    public void Follow() => Volatile.Write(ref _anchor, new Anchor(wall.GetUtcNow(), wall.GetTimestamp()));

    private sealed record Anchor(DateTimeOffset Utc, long Timestamp);
}
