namespace BtcAgent.Domain.MarketData;

/// <summary>What an event's venue time does to an <see cref="EventClock"/>.</summary>
public enum EventTimeVerdict
{
    /// <summary>None, or not after the clock: the event counts at the clock's time.</summary>
    NotNewer = 0,

    /// <summary>The clock moves on to it.</summary>
    Newer,

    /// <summary>Too far ahead to be believed: the event counts at the clock's time.</summary>
    Ahead,

    /// <summary>The clock stood wrong and turns back to it: what was derived from the wrong time begins anew.</summary>
    TurnsBack,
}
