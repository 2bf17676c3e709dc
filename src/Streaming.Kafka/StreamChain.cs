namespace BtcAgent.Streaming.Kafka;

/// <summary>The cached messages of one stream, oldest first, and the cursors that stand on them.</summary>
internal sealed class StreamChain
{
    private readonly List<PartitionCursor> _cursors = [];
    private CacheEntry? _last;
    private long? _resumeFrom;

    /// <summary>The oldest message cached; null when there is none.</summary>
    public CacheEntry? First { get; private set; }

    /// <summary>True once a consumer, or somebody looking for consumers, has stood here.</summary>
    public bool WasClaimed { get; private set; }

    public bool IsIdle => First is null && _cursors.Count == 0;

    public void Append(CacheEntry entry)
    {
        if (_last is null)
        {
            First = entry;
        }
        else
        {
            _last.Next = entry;
        }

        _last = entry;
        foreach (var cursor in _cursors)
        {
            cursor.OnAppended(entry);
        }
    }

    /// <summary>The oldest entry leaves the cache.</summary>
    public void DropFirst()
    {
        First = First!.Next;
        if (First is null)
        {
            _last = null;
        }
    }

    public void Add(PartitionCursor cursor)
    {
        WasClaimed = true;
        _cursors.Add(cursor);
    }

    /// <summary>A consumer's place is gone from the broker: its next cursor begins at the oldest that is left.</summary>
    public void ResumeFrom(long offset) => _resumeFrom = offset;

    public long? TakeResumeFrom()
    {
        var offset = _resumeFrom;
        _resumeFrom = null;
        return offset;
    }

    public void Remove(PartitionCursor cursor) => _cursors.Remove(cursor);

    public CacheEntry? FirstFrom(long offset)
    {
        var entry = First;
        while (entry is not null && entry.Offset < offset)
        {
            entry = entry.Next;
        }

        return entry;
    }

    /// <summary>Offset of the oldest message here that a consumer may still need; <see cref="long.MaxValue"/> when there is none.</summary>
    public long OldestNeeded(long deliveredBelow)
    {
        if (!WasClaimed)
        {
            return FirstFrom(deliveredBelow)?.Offset ?? long.MaxValue;
        }

        var oldest = long.MaxValue;
        foreach (var cursor in _cursors)
        {
            oldest = Math.Min(oldest, cursor.OldestNeeded);
        }

        return oldest;
    }
}
