namespace BtcAgent.Grains.Clocks;

/// <summary>
/// How far the venue's clock is ahead of the agent's, as the newest event of a feed of this process shows it: a witness of
/// which clock is right after the machine's was set.
/// </summary>
public sealed class VenueClock
{
    private const long Unknown = long.MinValue;

    private long _aheadTicks = Unknown;

    /// <summary>Null before the first event. The way from the venue makes it a little too small.</summary>
    public TimeSpan? Ahead => Volatile.Read(ref _aheadTicks) is var ticks && ticks == Unknown ? null : TimeSpan.FromTicks(ticks);

    public void Saw(Timestamp eventTime, Timestamp receiveTime)
    {
        if (eventTime.IsKnown && receiveTime.IsKnown)
        {
            Volatile.Write(ref _aheadTicks, (eventTime - receiveTime).Ticks);
        }
    }

    /// <summary>What was seen was measured with a clock that has been set since.</summary>
    public void Forget() => Volatile.Write(ref _aheadTicks, Unknown);
}
