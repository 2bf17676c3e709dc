using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>A Kafka message for its consumers. Its sequence token is the message's offset.</summary>
[GenerateSerializer, Immutable, Alias("Kafka.Batch")]
internal sealed class KafkaBatch(StreamId streamId, long offset, object? item, string? traceParent, int bytes) : IBatchContainer
{
    [Id(0)]
    private readonly StreamId _streamId = streamId;

    [Id(1)]
    private readonly long _offset = offset;

    [Id(2)]
    private readonly object? _item = item;

    [Id(3)]
    private readonly string? _traceParent = traceParent;

    [Id(4)]
    private readonly int _bytes = bytes;

    public StreamId StreamId => _streamId;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_offset);

    internal long Offset => _offset;

    internal object? Item => _item;

    /// <summary>Size of the payload.</summary>
    internal int Bytes => _bytes;

    /// <summary>
    /// The cursor that requested the message, if it comes from a rewind. Such a batch is not part of the cache.
    /// </summary>
    [field: NonSerialized]
    internal PartitionCursor? Rewound { get; init; }

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _item is T item ? [Tuple.Create(item, SequenceToken)] : [];

    public bool ImportRequestContext()
    {
        if (_traceParent is null)
        {
            return false;
        }

        RequestContext.Set(KafkaHeaders.TraceParent, _traceParent);
        return true;
    }
}
