using System.Text;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Converts a Kafka message to a batch, or posts it as a dead letter.</summary>
internal sealed class MessageReader(KafkaStreamOptions options, IKafkaPayloadCodec codec, DeadLetters deadLetters)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns no batch when the message cannot be read and has become a dead letter.</summary>
    public ReadAhead Read(ConsumeResult<byte[]?, byte[]?> result, PartitionCursor? rewound = null)
    {
        try
        {
            var key = KeyOf(result);
            var data = result.Message.Value ?? throw new FormatException("no value");
            var logged = result.Message.Timestamp;
            var item = codec.Decode(new KafkaMessage(
                result.Topic,
                key,
                result.Message.Headers.Find(KafkaHeaders.Type),
                data,
                logged.Type == TimestampType.NotAvailable ? null : DateTimeOffset.FromUnixTimeMilliseconds(logged.UnixTimestampMs)));
            var batch = new KafkaBatch(
                StreamId.Create(Encoding.UTF8.GetBytes(result.Topic), key),
                result.Offset.Value,
                item,
                result.Message.Headers.Find(KafkaHeaders.TraceParent),
                data.Length)
            {
                Rewound = rewound,
            };
            return new ReadAhead(result.Offset.Value, batch);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No message may stop its partition. A rewind skips messages that were reported when they were first read.
            return new ReadAhead(result.Offset.Value, Batch: null, rewound is null ? deadLetters.PostUnreadable(result, e.Message) : null);
        }
    }

    /// <exception cref="FormatException">The key is invalid, or belongs to another partition.</exception>
    private byte[] KeyOf(ConsumeResult<byte[]?, byte[]?> result)
    {
        var key = result.Message.Key ?? [];
        if (key.Length is 0 or > KafkaMessage.KeyBytesMax)
        {
            throw new FormatException($"a key of {key.Length} bytes: the key names the stream, in 1 to {KafkaMessage.KeyBytesMax} bytes");
        }

        try
        {
            StrictUtf8.GetCharCount(key);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("the key is not UTF-8");
        }

        // Partitions have no common order, and consumers know messages by offset: one key in two partitions would lose
        // messages.
        if (options.TryGetTopic(result.Topic, out var topic)
            && Murmur2.PartitionOf(key, topic.Partitions) is var expected && expected != result.Partition.Value)
        {
            throw new FormatException(
                $"key '{StrictUtf8.GetString(key)}' belongs to partition {expected} of {topic.Partitions}, not to {result.Partition.Value}: "
                + "set its producer's partitioner to murmur2_random (Java's default)");
        }

        return key;
    }
}
