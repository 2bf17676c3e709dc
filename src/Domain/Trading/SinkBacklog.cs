namespace BtcAgent.Domain.Trading;

/// <summary>
/// How far a sink is behind: what it has taken and not stored yet. What it lost counts as not stored until it stores something later, so
/// that a sink which drops all it gets does not look quick. Times are spans on a monotonic clock. Safe for use by several threads.
/// </summary>
public sealed class SinkBacklog
{
    private readonly LinkedList<TimeSpan> _waiting = new();
    private readonly Lock _lock = new();
    private TimeSpan? _lostSince;

    /// <returns>The entry's place, for <see cref="Settle"/>.</returns>
    public LinkedListNode<TimeSpan> Take(TimeSpan now)
    {
        lock (_lock)
        {
            return _waiting.AddLast(now);
        }
    }

    /// <summary>The fate of an entry; a second one of the same entry changes nothing.</summary>
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

    /// <summary>Age of the oldest entry that waits or was lost; zero when there is none.</summary>
    public TimeSpan Age(TimeSpan now)
    {
        lock (_lock)
        {
            var oldest = _waiting.First?.Value is { } waiting && !(_lostSince < waiting) ? waiting : _lostSince;
            return oldest is { } since && now > since ? now - since : TimeSpan.Zero;
        }
    }
}
