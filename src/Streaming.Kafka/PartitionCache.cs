using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// The messages of one partition between broker and consumers. Chains the messages of each stream, so that a cursor never
/// visits those of another. Only the partition's agent, which is single-threaded, uses the members other than the counters.
/// </summary>
internal sealed class PartitionCache(
    string topic, int partition, KafkaStreamOptions options, DeadLetters deadLetters, TimeProvider time) : IQueueCache
{
    private readonly Dictionary<StreamId, StreamChain> _chains = [];
    private readonly Queue<CacheEntry> _entries = new();
    private readonly List<(long Offset, Task Copied)> _uncopied = [];
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

    /// <summary>Offset after the broker's newest message, as far as this reader knows; −1 before the first query.</summary>
    public long BrokerEnd { get; set; } = -1;

    public long Lag => DeliveredBelow < 0 ? 0 : Math.Max(0, BrokerEnd - DeliveredBelow);

    public int Pending { get; private set; }

    public long PendingBytes { get; private set; }

    /// <summary>True while reading from the broker must pause until consumers have caught up.</summary>
    public bool IsFull => Pending >= options.PendingMessagesMax || PendingBytes >= options.PendingBytesMax;

    /// <summary>Called with each requested rewind.</summary>
    public Action<RewindRequest>? RewindAsked { get; set; }

    /// <summary>Sets the offset at which reading begins.</summary>
    public void Begin(long offset)
    {
        _nextOffset = offset;
        DeliveredBelow = offset;
    }

    /// <summary>The topic was created again: its offsets restart, and each consumer is informed.</summary>
    public void Restart(long offset)
    {
        _entries.Clear();
        _uncopied.Clear();
        (_newest, _boundary) = (null, null);
        (Pending, PendingBytes, _retainedBytes, _needed) = (0, 0, 0, -1);
        foreach (var chain in _chains.Values)
        {
            chain.Restart(offset);
        }

        Begin(offset);
    }

    /// <summary>Skips an offset without a message to deliver.</summary>
    public void Pass(long offset) => _nextOffset = Math.Max(_nextOffset, offset + 1);

    /// <summary>Keeps <see cref="DeliveredBelow"/> from passing a dead letter before its copy is kept or refused.</summary>
    public void HoldFor(long offset, Task copied)
    {
        if (!copied.IsCompleted)
        {
            _uncopied.Add((offset, copied));
        }
    }

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
        var oldest = _entries.TryPeek(out var first) ? first.Offset : _nextOffset;

        // A token within the cache is that of a message that has just arrived, or the agent moves past it. A token older
        // than the cache is the last one that its consumer has had: read the broker from the next offset on.
        var cached = token is null || token.SequenceNumber >= oldest;
        var from = cached ? token?.SequenceNumber ?? Math.Max(0, DeliveredBelow) : token!.SequenceNumber + 1;
        if (chain.ResumeAt is { } resumeAt)
        {
            // With a cursor obtained by token, the agent skips everything up to the last delivered message, even when the
            // resume offset is another one. A detour makes it request a cursor by position instead.
            var detour = new PartitionCursor(this, chain, resumeAt) { IsDetour = true };
            chain.Add(detour);
            return detour;
        }

        return CursorFrom(streamId, chain, from, isKnown: token is not null);
    }

    /// <summary>Returns a cursor where a consumer continues after it was informed that its position is lost.</summary>
    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursorAtPosition(StreamId streamId, StreamSubscriptionStartPosition startPosition)
    {
        var chain = ChainOf(streamId);
        var from = chain.TakeResumeAt() ?? Math.Max(0, DeliveredBelow);
        return QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(CursorFrom(streamId, chain, from, isKnown: false));
    }

    /// <summary>
    /// Finds the lowest offset that all consumers have reached, and evicts the messages that are neither needed nor retained.
    /// </summary>
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

        _uncopied.RemoveAll(letter => letter.Copied.IsCompleted);
        foreach (var (offset, _) in _uncopied)
        {
            delivered = Math.Min(delivered, offset);
        }

        DeliveredBelow = Math.Max(DeliveredBelow, delivered);
        MoveBoundary(delivered);
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    /// <summary>Always false: the receiver itself stops reading, so that a rewind can continue meanwhile.</summary>
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
        HoldFor(batch.Offset, deadLetters.PostUndelivered(topic, partition, batch, options.DeliveryTimeMsMax));

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

    /// <param name="stream">The consumer's stream.</param>
    /// <param name="chain">The chain of that stream.</param>
    /// <param name="from">First offset to return.</param>
    /// <param name="isKnown">True when a consumer's token shows that the offset has existed.</param>
    private PartitionCursor CursorFrom(StreamId stream, StreamChain chain, long from, bool isKnown)
    {
        var oldest = _entries.TryPeek(out var first) ? first.Offset : _nextOffset;
        var end = Math.Max(BrokerEnd, _nextOffset);
        var cursor = new PartitionCursor(this, chain, from);
        chain.Add(cursor);
        if (isKnown && BrokerEnd >= 0 && from >= end)
        {
            cursor.Lose(RewindMiss.BeyondEnd(from, end), isNew: true);
        }
        else if (_nextOffset >= 0 && from < oldest)
        {
            var request = new RewindRequest(stream, from, oldest) { Cursor = cursor };
            cursor.WaitFor(request);
            RewindAsked?.Invoke(request);
        }
        else
        {
            cursor.MoveTo(from);
        }

        return cursor;
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
    /// Moves the boundary between retained and needed messages, then evicts from the old end. The boundary nearly always
    /// moves forward; when a consumer goes back, it is searched from the start.
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
