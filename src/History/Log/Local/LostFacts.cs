namespace BtcAgent.History.Log.Local;

/// <summary>Facts of one topic that were in its files and cannot be read, as readers find them. Thread-safe.</summary>
internal sealed class LostFacts
{
    /// <summary>Places remembered; beyond that, all that follows a damaged record in its file counts as lost.</summary>
    private const int SinglesMax = 1_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Segment?> _lost = [];

    /// <summary>True when a single fact is noted, or there is room for it.</summary>
    public bool HasRoomFor(long offset)
    {
        lock (_lock)
        {
            return _lost.Count < SinglesMax || _lost.ContainsKey(offset);
        }
    }

    /// <summary>Notes one fact.</summary>
    /// <returns>True when it is new.</returns>
    public bool AddOne(long offset)
    {
        lock (_lock)
        {
            return _lost.TryAdd(offset, null);
        }
    }

    /// <summary>Notes all facts of a segment from an offset on.</summary>
    /// <returns>True when it is new.</returns>
    public bool AddRest(Segment segment, long offset)
    {
        lock (_lock)
        {
            if (_lost.GetValueOrDefault(offset) == segment)
            {
                return false;
            }

            _lost[offset] = segment;
            return true;
        }
    }

    /// <summary>Forgets what is before the first fact that is kept.</summary>
    public void Trim(long first)
    {
        lock (_lock)
        {
            foreach (var offset in _lost.Keys.TakeWhile(offset => offset < first).ToList())
            {
                _lost.Remove(offset);
            }
        }
    }

    /// <param name="from">First offset.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="endOf">The offset at which the segment after one begins.</param>
    public IReadOnlyList<OffsetRange> Between(long from, long to, Func<Segment, long> endOf)
    {
        List<OffsetRange> found = [];
        lock (_lock)
        {
            foreach (var (offset, rest) in _lost)
            {
                var (first, end) = (Math.Max(from, offset), Math.Min(to, rest is null ? offset + 1 : endOf(rest)));
                if (first >= end)
                {
                    continue;
                }

                if (found is [.., var before] && before.To >= first)
                {
                    found[^1] = before with { To = Math.Max(before.To, end) };
                }
                else
                {
                    found.Add(new OffsetRange(first, end));
                }
            }
        }

        return found;
    }
}
