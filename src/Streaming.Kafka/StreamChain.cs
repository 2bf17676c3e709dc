namespace BtcAgent.Streaming.Kafka;

/// <summary>The cached messages of one stream, oldest first, and the cursors on them.</summary>
internal sealed class StreamChain
{
    private readonly List<PartitionCursor> _cursors = [];
    private CacheEntry? _last;
    private long _left = long.MaxValue;

    /// <summary>The oldest cached message; null if there is none.</summary>
    public CacheEntry? First { get; private set; }

    /// <summary>True once a consumer, or the agent's lookup of consumers, has had a cursor here.</summary>
    public bool WasClaimed { get; private set; }

    public bool IsIdle => First is null && _cursors.Count == 0 && _left == long.MaxValue;

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

    /// <summary>Removes the oldest entry from the chain.</summary>
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
        _left = long.MaxValue;
        _cursors.Add(cursor);
    }

    /// <summary>
    /// Offset at which the next cursor begins because the position of the last one was lost; null otherwise.
    /// </summary>
    public long? ResumeAt { get; set; }

    public long? TakeResumeAt()
    {
        var offset = ResumeAt;
        ResumeAt = null;
        return offset;
    }

    /// <summary>
    /// A consumer that leaves before it has had all messages is expected back, here or at the next reader.
    /// </summary>
    public void Remove(PartitionCursor cursor)
    {
        _cursors.Remove(cursor);
        if (_cursors.Count == 0 && cursor.HasMoved)
        {
            _left = cursor.OldestNeeded;
        }
    }

    /// <summary>Drops all cached messages: they belong to the deleted topic.</summary>
    public void Restart(long offset)
    {
        First = null;
        _last = null;
        _left = long.MaxValue;
        ResumeAt = _cursors.Count == 0 ? offset : null;
        foreach (var cursor in _cursors)
        {
            cursor.Lose(RewindMiss.Recreated(cursor.NextOffset, offset), isNew: false);
        }
    }

    public CacheEntry? FirstFrom(long offset)
    {
        var entry = First;
        while (entry is not null && entry.Offset < offset)
        {
            entry = entry.Next;
        }

        return entry;
    }

    /// <summary>Offset of the oldest message that a consumer may still need; <see cref="long.MaxValue"/> if none.</summary>
    public long OldestNeeded(long deliveredBelow)
    {
        if (!WasClaimed)
        {
            return FirstFrom(deliveredBelow)?.Offset ?? long.MaxValue;
        }

        var oldest = _left;
        foreach (var cursor in _cursors)
        {
            oldest = Math.Min(oldest, cursor.OldestNeeded);
        }

        return oldest;
    }
}
