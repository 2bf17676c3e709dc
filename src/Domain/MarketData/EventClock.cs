using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.MarketData;

/// <summary>
/// The clock of one instrument's events: the greatest plausible venue time. A single wrong time far ahead would stop it forever,
/// so each time is judged before it moves the clock; the events themselves count either way. The clock depends on nothing but the
/// events, so the same events give the same clock everywhere.
/// <list type="number">
/// <item>A time more than <see cref="AheadMax"/> ahead of our clock at receipt and of the events before does not count.</item>
/// <item>After <see cref="ConfirmedAfter"/> of venue time with only such times, our own clock was wrong, and they count.</item>
/// <item>After as much venue time with only times more than <see cref="BehindMax"/> behind, this clock was wrong, and it is set
/// back.</item>
/// </list>
/// </summary>
public sealed class EventClock : IStateful
{
    /// <summary>How far the venue's clock may be ahead of ours: 1 minute.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(1);

    /// <summary>How far behind later events an event may be: 1 minute.</summary>
    public static readonly TimeSpan BehindMax = TimeSpan.FromMinutes(1);

    /// <summary>Venue time that implausible times must cover without interruption before they count: 10 seconds.</summary>
    public static readonly TimeSpan ConfirmedAfter = TimeSpan.FromSeconds(10);

    private Timestamp _aheadSince;
    private Timestamp _behindSince;

    /// <summary>Unknown before the first time.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>Judges the event's time without moving the clock.</summary>
    public EventTimeVerdict Judge(in MarketEvent marketEvent)
    {
        var time = marketEvent.EventTime;
        if (!time.IsKnown)
        {
            return EventTimeVerdict.NotNewer;
        }

        if (marketEvent.ReceiveTime.IsKnown && time - marketEvent.ReceiveTime > AheadMax
            && (!Now.IsKnown || time - Now > AheadMax) && !IsConfirmed(_aheadSince, time))
        {
            return EventTimeVerdict.Ahead;
        }

        if (!Now.IsKnown || time > Now)
        {
            return EventTimeVerdict.Newer;
        }

        return Now - time > BehindMax && IsConfirmed(_behindSince, time) ? EventTimeVerdict.TurnsBack : EventTimeVerdict.NotNewer;
    }

    /// <summary>Judges the event and moves the clock.</summary>
    public EventTimeVerdict Advance(in MarketEvent marketEvent)
    {
        var verdict = Judge(in marketEvent);
        var time = marketEvent.EventTime;
        if (!time.IsKnown)
        {
            return verdict;
        }

        if (verdict == EventTimeVerdict.Ahead)
        {
            _aheadSince = Since(_aheadSince, time);
            return verdict;
        }

        _aheadSince = Timestamp.Unknown;
        if (verdict is EventTimeVerdict.Newer or EventTimeVerdict.TurnsBack)
        {
            Now = time;
        }

        _behindSince = Now - time > BehindMax ? Since(_behindSince, time) : Timestamp.Unknown;
        return verdict;
    }

    private static bool IsConfirmed(Timestamp since, Timestamp time) => since.IsKnown && time - since >= ConfirmedAfter;

    private static Timestamp Since(Timestamp since, Timestamp time) => since.IsKnown && since <= time ? since : time;

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_aheadSince);
        writer.Write(_behindSince);
        writer.Write(Now);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(EventClock), 1);
        _aheadSince = reader.ReadTimestamp();
        _behindSince = reader.ReadTimestamp();
        Now = reader.ReadTimestamp();
    }
}
