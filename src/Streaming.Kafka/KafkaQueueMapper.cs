using System.Buffers.Binary;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Maps streams to queues: one queue per partition of each topic that is read. A stream's queue is its key's partition.
/// </summary>
internal sealed class KafkaQueueMapper : IStreamQueueMapper
{
    private readonly Dictionary<string, QueueId[]> _queues;

    public KafkaQueueMapper(KafkaStreamOptions options) => _queues = options.Topics.Where(topic => topic.IsRead).ToDictionary(
        topic => topic.Name,
        topic => Enumerable.Range(0, topic.Partitions).Select(partition => NewQueue(topic.Name, partition)).ToArray());

    public IEnumerable<QueueId> GetAllQueues() => _queues.Values.SelectMany(queues => queues);

    public QueueId GetQueueForStream(StreamId streamId)
    {
        var topic = streamId.GetNamespace() ?? "";
        return _queues.TryGetValue(topic, out var queues)
            ? queues[Murmur2.PartitionOf(streamId.Key.Span, queues.Length)]
            : throw new KafkaStreamException($"topic '{topic}' is not read by this provider: it reads {string.Join(", ", _queues.Keys)}");
    }

    public static (string Topic, int Partition) PartitionOf(QueueId queue) => (queue.GetStringNamePrefix(), (int)queue.GetNumericId());

    private static QueueId NewQueue(string topic, int partition)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, partition);
        return QueueId.GetQueueId(topic, (uint)partition, Murmur2.Hash(bytes));
    }
}
