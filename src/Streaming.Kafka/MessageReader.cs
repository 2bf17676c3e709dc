using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>From a Kafka message to a batch, or to a dead letter.</summary>
internal sealed class MessageReader(IKafkaPayloadCodec codec, DeadLetters deadLetters)
{
    /// <summary>Null when the message cannot be read; it is among the dead letters then.</summary>
    public KafkaBatch? Read(ConsumeResult<byte[]?, byte[]?> result, PartitionCursor? rewound = null)
    {
        try
        {
            var key = result.Message.Key ?? throw new FormatException("no key: the key names the stream");
            var data = result.Message.Value ?? throw new FormatException("no value");
            var item = codec.Decode(result.Topic, result.Message.Headers.Find(KafkaHeaders.Type), data);
            return new KafkaBatch(
                StreamId.Create(System.Text.Encoding.UTF8.GetBytes(result.Topic), key),
                result.Offset.Value,
                item,
                result.Message.Headers.Find(KafkaHeaders.TraceParent),
                data.Length)
            {
                Rewound = rewound,
            };
        }
        catch (Exception e) when (e is FormatException or NotSupportedException)
        {
            // A rewind passes messages that were reported when they first came.
            if (rewound is null)
            {
                deadLetters.PostUnreadable(result, e.Message);
            }

            return null;
        }
    }
}
