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

    /// <summary>Set while the broker's older messages are still coming.</summary>
    public RewindRequest? Rewind { get; private set; }

    public long OldestNeeded => _current?.Offset ?? _next?.Offset ?? (Rewind is not null ? _from : long.MaxValue);

    public bool IsDisposed => _disposed;

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
        if (batch.Item is not null)
        {
            _rewound.Enqueue(batch);
        }
        else
        {
            _miss = Rewind?.Miss;
            Rewind = null;
        }
    }

    public IBatchContainer GetCurrent(out Exception exception)
    {
        exception = null!;
        return _currentBatch!;
    }

    /// <exception cref="QueueCacheMissException">The broker no longer holds what was asked for.</exception>
    public bool MoveNext()
    {
        _current = null;
        _currentBatch = null;
        if (_miss is { } miss)
        {
            // The agent reports the loss to the consumer and asks for a new cursor, which takes what is left.
            _miss = null;
            chain.ResumeFrom(miss.OldestLeft);
            throw new QueueCacheMissException(
                $"the broker's oldest message is {miss.OldestLeft}", $"{miss.Asked}", $"{miss.OldestLeft}");
        }

        if (_rewound.TryDequeue(out var rewound))
        {
            Rewind?.Taken();
            _currentBatch = rewound;
            cache.CountDelivered(readAt: null);
            return true;
        }

        if (Rewind is not null || _next is null)
        {
            return false;
        }

        _current = _next;
        _currentBatch = _next.Batch;
        _next = _next.Next;
        _from = _current.Offset + 1;
        cache.CountDelivered(_current.ReadAt);
        return true;
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
