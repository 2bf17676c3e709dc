namespace BtcAgent.Grains.Clocks;

/// <summary>
/// How far the venue's clock is ahead of the agent's, by the newest event of a feed of this process. Shows which clock is
/// right after the machine's was set.
/// </summary>
public sealed class VenueClock
{
    private const long Unknown = long.MinValue;

    private long _aheadTicks = Unknown;

    /// <summary>Null before the first event. Slightly too small, by the latency from the venue.</summary>
    public TimeSpan? Ahead => Volatile.Read(ref _aheadTicks) is var ticks && ticks == Unknown ? null : TimeSpan.FromTicks(ticks);

    public void Saw(Timestamp eventTime, Timestamp receiveTime)
    {
        if (eventTime.IsKnown && receiveTime.IsKnown)
        {
            Volatile.Write(ref _aheadTicks, (eventTime - receiveTime).Ticks);
        }
    }

    /// <summary>Discards the measurement: its clock has been set since.</summary>
    public void Forget() => Volatile.Write(ref _aheadTicks, Unknown);
}
