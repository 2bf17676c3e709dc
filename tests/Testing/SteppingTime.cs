namespace BtcAgent.Testing;

/// <summary>
/// A system clock that can be set, and a monotonic one: both advance under a test's control, or with the system's clocks.
/// </summary>
/// <param name="runs">Whether both run with the system's clock; else only <see cref="Advance"/> moves them.</param>
public sealed class SteppingTime(bool runs = false) : TimeProvider
{
    private readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long advancedTicks;
    private long stepTicks;

    public override long TimestampFrequency => runs ? System.TimestampFrequency : TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        (runs ? System.GetUtcNow() : start + TimeSpan.FromTicks(Interlocked.Read(ref advancedTicks))) + TimeSpan.FromTicks(Interlocked.Read(ref stepTicks));

    public override long GetTimestamp() => runs ? System.GetTimestamp() : Interlocked.Read(ref advancedTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        runs ? System.CreateTimer(callback, state, dueTime, period) : throw new NotSupportedException("a clock that does not run has no timers");

    /// <summary>Sets the machine's clock; no time passes.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref stepTicks, by.Ticks);

    /// <summary>Advances both clocks, which do not run by themselves.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref advancedTicks, by.Ticks);
}
