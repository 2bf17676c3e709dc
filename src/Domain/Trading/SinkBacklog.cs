namespace BtcAgent.Domain.Trading;

/// <summary>
/// How far a sink is behind: what it has accepted but not stored yet. A lost entry counts as not stored until the sink
/// stores a later one, so that a sink which drops everything does not look fast. Times are spans on a monotonic clock.
/// Thread-safe.
/// </summary>
public sealed class SinkBacklog
{
    private readonly LinkedList<TimeSpan> _waiting = new();
    private readonly Lock _lock = new();
    private TimeSpan? _lostSince;

    /// <returns>The entry, for <see cref="Settle"/>.</returns>
    public LinkedListNode<TimeSpan> Take(TimeSpan now)
    {
        lock (_lock)
        {
            return _waiting.AddLast(now);
        }
    }

    /// <summary>Settles an entry; a second call for the same entry has no effect.</summary>
    public void Settle(LinkedListNode<TimeSpan> place, bool stored)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
            _lostSince = stored ? null : _lostSince < place.Value ? _lostSince : place.Value;
        }
    }

    /// <summary>Age of the oldest waiting or lost entry; zero if none.</summary>
    public TimeSpan Age(TimeSpan now)
    {
        lock (_lock)
        {
            var oldest = _waiting.First?.Value is { } waiting && !(_lostSince < waiting) ? waiting : _lostSince;
            return oldest is { } since && now > since ? now - since : TimeSpan.Zero;
        }
    }
}
