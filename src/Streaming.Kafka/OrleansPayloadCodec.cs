using Orleans.Serialization;

namespace BtcAgent.Streaming.Kafka;

/// <summary>The default codec: Orleans' serializer. Compact, but readable only by Orleans.</summary>
internal sealed class OrleansPayloadCodec(Serializer serializer) : IKafkaPayloadCodec
{
    private const string Type = "orleans";

    public KafkaPayload Encode(string topic, object item) => new(Type, serializer.SerializeToArray<object>(item));

    public object Decode(in KafkaMessage message)
    {
        if (message.Type != Type)
        {
            throw new FormatException($"type '{message.Type}' is not '{Type}'");
        }

        try
        {
            return serializer.Deserialize<object>(message.Data) ?? throw new FormatException("the payload is empty");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException($"not readable by this cluster's serializer: {e.Message}", e);
        }
    }
}
