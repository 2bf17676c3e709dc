using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// The position of one consumer in one stream. A consumer that requests an offset older than the cache first gets what the
/// broker still holds from there, then continues in the cache without a gap.
/// </summary>
internal sealed class PartitionCursor(PartitionCache cache, StreamChain chain, long from) : IQueueCacheCursor
{
    private readonly Queue<KafkaBatch> _rewound = new();
    private CacheEntry? _next;
    private CacheEntry? _current;
    private KafkaBatch? _currentBatch;
    private RewindMiss? _miss;
    private long _from = from;
    private bool _disposed;
    private bool _givesNothingOnce;

    /// <summary>
    /// True of a cursor that returns nothing and, at its second move, sends the agent to the offset where its stream
    /// continues.
    /// </summary>
    public bool IsDetour
    {
        get;
        init => field = _givesNothingOnce = value;
    }

    /// <summary>Set while older messages are still arriving from the broker.</summary>
    public RewindRequest? Rewind { get; private set; }

    public long OldestNeeded => _current?.Offset ?? _next?.Offset ?? (Rewind is not null || IsDetour ? _from : long.MaxValue);

    /// <summary>The next offset to return.</summary>
    public long NextOffset => _from;

    public bool IsDisposed => _disposed;

    /// <summary>False for a cursor that only reserves a position while the agent looks up the consumers.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Moves to the first cached message at or after the offset.</summary>
    public void MoveTo(long offset)
    {
        _from = offset;
        _next = chain.FirstFrom(offset);
    }

    /// <summary>Waits for [request.From, request.Until) from the broker, then continues in the cache.</summary>
    public void WaitFor(RewindRequest request)
    {
        Rewind = request;
        MoveTo(request.Until);
    }

    public void OnAppended(CacheEntry entry)
    {
        if (_next is null && entry.Offset >= _from)
        {
            _next = entry;
        }
    }

    /// <summary>Receives a message of the rewind; one without an item marks its end.</summary>
    public void OnRewound(KafkaBatch batch)
    {
        if (Rewind is null)
        {
            // Read for a position that the cursor has lost since.
            return;
        }

        if (batch.Item is not null)
        {
            _rewound.Enqueue(batch);
        }
        else
        {
            _miss = Rewind.Miss;
            Rewind = null;
        }
    }

    /// <summary>Gives up the position and the messages already read for it; the next move informs the consumer.</summary>
    /// <param name="miss">The lost offsets.</param>
    /// <param name="isNew">True for a cursor that the agent is about to get: its first move must return nothing, because
    /// the agent then skips what its consumer has had.</param>
    public void Lose(RewindMiss miss, bool isNew)
    {
        _givesNothingOnce = isNew;
        Rewind?.Abandon();
        Rewind = null;
        _rewound.Clear();
        _current = null;
        _next = null;
        _from = miss.OldestLeft;
        _miss = miss;
    }

    public IBatchContainer GetCurrent(out Exception exception)
    {
        exception = null!;
        return _currentBatch!;
    }

    /// <exception cref="QueueCacheMissException">The broker no longer has the requested offset.</exception>
    public bool MoveNext() => MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success;

    /// <exception cref="QueueCacheMissException">The broker no longer has the requested offset.</exception>
    public QueueCacheCursorMoveResult MoveNextWithResult()
    {
        HasMoved = true;
        _current = null;
        _currentBatch = null;
        if (_givesNothingOnce)
        {
            _givesNothingOnce = false;
            return QueueCacheCursorMoveResult.NoData;
        }

        if (IsDetour)
        {
            return QueueCacheCursorMoveResult.FromCacheMiss(default);
        }

        if (_miss is { } miss)
        {
            // The agent reports an exception, but not a cache miss, to the consumer, and requests a new cursor.
            _miss = null;
            chain.ResumeAt = miss.OldestLeft;
            throw new QueueCacheMissException(
                $"{cache.Topic}/{cache.Partition}: {miss.Reason}");
        }

        if (_rewound.TryDequeue(out var rewound))
        {
            Rewind?.Taken();
            _currentBatch = rewound;
            cache.CountDelivered(readAt: null);
            return QueueCacheCursorMoveResult.Success;
        }

        if (Rewind is not null || _next is null)
        {
            return QueueCacheCursorMoveResult.NoData;
        }

        _current = _next;
        _currentBatch = _next.Batch;
        _next = _next.Next;
        _from = _current.Offset + 1;
        cache.CountDelivered(_current.ReadAt);
        return QueueCacheCursorMoveResult.Success;
    }

    public void Refresh(StreamSequenceToken token)
    {
        // Does nothing: OnAppended notifies the cursor of new messages.
    }

    public void RecordDeliveryFailure()
    {
        if (_currentBatch is { } batch)
        {
            cache.PostUndelivered(batch);
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Rewind?.Abandon();
            chain.Remove(this);
        }
    }
}
