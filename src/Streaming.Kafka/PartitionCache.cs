using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// The messages of one partition between broker and consumers. Each stream's messages are chained, so that a cursor
/// never looks at another stream's. All members but the counters are used by the partition's agent alone, which
/// does one thing at a time.
/// </summary>
internal sealed class PartitionCache(
    string topic, int partition, KafkaStreamOptions options, DeadLetters deadLetters, TimeProvider time) : IQueueCache
{
    private readonly Dictionary<StreamId, StreamChain> _chains = [];
    private readonly Queue<CacheEntry> _entries = new();
    private readonly KeyValuePair<string, object?>[] _tags =
        [new("topic", topic), new("partition", partition)];

    private CacheEntry? _newest;
    private CacheEntry? _boundary;
    private long _needed = -1;
    private long _nextOffset = -1;
    private long _retainedBytes;

    public string Topic => topic;

    public int Partition => partition;

    /// <summary>Every message below this offset has been delivered or needs no delivery; −1 before the first one.</summary>
    public long DeliveredBelow { get; private set; } = -1;

    /// <summary>Offset after the newest message of the broker, as far as this reader knows.</summary>
    public long BrokerEnd { get; set; }

    public long Lag => DeliveredBelow < 0 ? 0 : Math.Max(0, BrokerEnd - DeliveredBelow);

    public int Pending { get; private set; }

    public long PendingBytes { get; private set; }

    /// <summary>True when the broker should be read no further until consumers have caught up.</summary>
    public bool IsFull => Pending >= options.PendingMessagesMax || PendingBytes >= options.PendingBytesMax;

    /// <summary>Told each rewind that is asked for.</summary>
    public Action<RewindRequest>? RewindAsked { get; set; }

    /// <summary>Reading begins here.</summary>
    public void Begin(long offset)
    {
        _nextOffset = offset;
        DeliveredBelow = offset;
    }

    /// <summary>This offset holds nothing to deliver.</summary>
    public void Pass(long offset) => _nextOffset = Math.Max(_nextOffset, offset + 1);

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var message in messages)
        {
            var batch = (KafkaBatch)message;
            if (batch.Rewound is { } cursor)
            {
                cursor.OnRewound(batch);
            }
            else if (batch.Offset >= _nextOffset)
            {
                Append(batch);
            }
        }
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var chain = ChainOf(streamId);
        var from = token?.SequenceNumber ?? chain.TakeResumeFrom() ?? Math.Max(0, DeliveredBelow);
        var cursor = new PartitionCursor(this, chain, from);
        var oldest = _entries.TryPeek(out var first) ? first.Offset : _nextOffset;
        if (_nextOffset >= 0 && from < oldest)
        {
            var request = new RewindRequest(streamId, from, oldest) { Cursor = cursor };
            cursor.WaitFor(request);
            chain.Add(cursor);
            RewindAsked?.Invoke(request);
        }
        else
        {
            cursor.Stand(from);
            chain.Add(cursor);
        }

        return cursor;
    }

    /// <summary>Looks how far all consumers have come, and lets go of what is neither needed nor retained.</summary>
    public void Sweep()
    {
        var delivered = _nextOffset;
        List<StreamId>? idle = null;
        foreach (var (stream, chain) in _chains)
        {
            delivered = Math.Min(delivered, chain.OldestNeeded(DeliveredBelow));
            if (chain.IsIdle)
            {
                (idle ??= []).Add(stream);
            }
        }

        foreach (var stream in idle ?? [])
        {
            _chains.Remove(stream);
        }

        DeliveredBelow = Math.Max(DeliveredBelow, delivered);
        MoveBoundary(delivered);
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    /// <summary>Never: the receiver itself stops reading, so that a rewind can go on meanwhile.</summary>
    public bool IsUnderPressure() => false;

    public int GetMaxAddCount() => options.PendingMessagesMax;

    internal void CountDelivered(long? readAt)
    {
        KafkaStreamMeter.Delivered.Add(1, _tags);
        if (readAt is { } ticks)
        {
            KafkaStreamMeter.DeliveryDelay.Record(time.GetElapsedTime(ticks).TotalMilliseconds, _tags);
        }
    }

    internal void PostUndelivered(KafkaBatch batch) =>
        deadLetters.PostUndelivered(topic, partition, batch, options.DeliveryTimeMsMax);

    private void Append(KafkaBatch batch)
    {
        var entry = new CacheEntry(batch, time.GetTimestamp());
        _nextOffset = batch.Offset + 1;
        _entries.Enqueue(entry);
        if (_newest is not null)
        {
            _newest.NextRead = entry;
        }

        _newest = entry;
        _boundary ??= entry;
        Pending++;
        PendingBytes += batch.Bytes;
        ChainOf(batch.StreamId).Append(entry);
    }

    private StreamChain ChainOf(StreamId stream)
    {
        if (!_chains.TryGetValue(stream, out var chain))
        {
            _chains[stream] = chain = new StreamChain();
        }

        return chain;
    }

    /// <summary>
    /// Moves the boundary between what is retained and what is needed, then evicts from the old end. The boundary
    /// nearly always moves forward; when a consumer goes back, it is looked for from the start.
    /// </summary>
    private void MoveBoundary(long needed)
    {
        if (needed < _needed)
        {
            _boundary = _entries.TryPeek(out var first) ? first : null;
            Pending = _entries.Count;
            PendingBytes = _retainedBytes + PendingBytes;
            _retainedBytes = 0;
        }

        _needed = needed;
        while (_boundary is { } entry && entry.Offset < needed)
        {
            Pending--;
            PendingBytes -= entry.Batch.Bytes;
            _retainedBytes += entry.Batch.Bytes;
            _boundary = entry.NextRead;
        }

        while (_entries.Count - Pending > options.RetainedMessages
            || (_entries.Count > Pending && _retainedBytes > options.PendingBytesMax / 4))
        {
            var entry = _entries.Dequeue();
            _chains[entry.Batch.StreamId].DropFirst();
            _retainedBytes -= entry.Batch.Bytes;
        }
    }
}
