using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Where one consumer stands in one stream. One that asked for an offset older than the cache first gets what the
/// broker still holds from there, then goes over to the cache without a hole.
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

    /// <summary>Gives nothing, and at its second move sends the agent to the place where its stream goes on.</summary>
    public bool IsDetour
    {
        get;
        init => field = _givesNothingOnce = value;
    }

    /// <summary>Set while the broker's older messages are still coming.</summary>
    public RewindRequest? Rewind { get; private set; }

    public long OldestNeeded => _current?.Offset ?? _next?.Offset ?? (Rewind is not null || IsDetour ? _from : long.MaxValue);

    /// <summary>The next offset that it would take.</summary>
    public long NextOffset => _from;

    public bool IsDisposed => _disposed;

    /// <summary>False for one that only keeps a place while consumers are being looked for.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Stands on the cache from its first offset at or after the one asked for.</summary>
    public void Stand(long offset)
    {
        _from = offset;
        _next = chain.FirstFrom(offset);
    }

    /// <summary>Waits for [request.From, request.Until) from the broker, then goes on in the cache.</summary>
    public void WaitFor(RewindRequest request)
    {
        Rewind = request;
        Stand(request.Until);
    }

    public void OnAppended(CacheEntry entry)
    {
        if (_next is null && entry.Offset >= _from)
        {
            _next = entry;
        }
    }

    /// <summary>A message of the rewind; null for its end.</summary>
    public void OnRewound(KafkaBatch batch)
    {
        if (Rewind is null)
        {
            // Brought for a place that it has lost since.
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

    /// <summary>Its place is gone, and with it what it was about to get: its consumer is told at its next move.</summary>
    /// <param name="miss">What is gone.</param>
    /// <param name="isNew">True of a cursor that the agent is about to get: with its first move it passes over what its consumer has had, and nothing of that is here.</param>
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

    /// <exception cref="QueueCacheMissException">The broker no longer holds what was asked for.</exception>
    public bool MoveNext() => MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success;

    /// <exception cref="QueueCacheMissException">The broker no longer holds what was asked for.</exception>
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
            // The agent tells the consumer of an exception (of a cache miss it says nothing) and asks for a new cursor.
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
        // A cursor learns of new messages when they are added.
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
