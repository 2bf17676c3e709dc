namespace BtcAgent.Cli.Tests.Downloads;

/// <summary>A clock that stands at an instant and on which every wait ends at once; it keeps how long the waits were.</summary>
internal sealed class InstantTime(DateTimeOffset now) : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
