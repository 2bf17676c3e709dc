using Orleans.Serialization;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>A codec with a fault: one payload makes it throw an unexpected exception.</summary>
internal sealed class FaultyCodec(Serializer serializer) : IKafkaPayloadCodec
{
    public const string Message = "a fault of the codec";

    private readonly OrleansPayloadCodec _inner = new(serializer);

    public static byte[] Trigger => [0xde, 0xad];

    public KafkaPayload Encode(string topic, object item) => _inner.Encode(topic, item);

    public object Decode(in KafkaMessage message) =>
        message.Data.SequenceEqual(Trigger) ? throw new InvalidOperationException(Message) : _inner.Decode(in message);
}
