namespace BtcAgent.Domain.MarketData;

/// <summary>Effect of an event's venue time on an <see cref="EventClock"/>.</summary>
public enum EventTimeVerdict
{
    /// <summary>No time, or not after the clock: the event counts at the clock's time.</summary>
    NotNewer = 0,

    /// <summary>The clock advances to it.</summary>
    Newer,

    /// <summary>Implausibly far ahead: the event counts at the clock's time.</summary>
    Ahead,

    /// <summary>The clock was wrong and turns back to it: whatever was derived from the wrong time restarts.</summary>
    TurnsBack,
}
