namespace BtcAgent.Streaming.Kafka;

/// <summary>A cached message of a partition, linked to its successors.</summary>
internal sealed class CacheEntry(KafkaBatch batch, long readAt)
{
    public KafkaBatch Batch { get; } = batch;

    /// <summary>Clock ticks when the message was read.</summary>
    public long ReadAt { get; } = readAt;

    public long Offset => Batch.Offset;

    /// <summary>The next message of the same stream.</summary>
    public CacheEntry? Next { get; set; }

    /// <summary>The next message of the partition.</summary>
    public CacheEntry? NextRead { get; set; }
}
