namespace BtcAgent.Streaming.Kafka;

/// <summary>Converts stream events to message payloads and back. Must be thread-safe.</summary>
public interface IKafkaPayloadCodec
{
    /// <exception cref="NotSupportedException">The codec has no payload for events of this type.</exception>
    KafkaPayload Encode(string topic, object item);

    /// <summary>Reads a message and validates its key: refuse here a stream that no consumer can serve.</summary>
    /// <exception cref="FormatException">
    /// The bytes or the key are invalid. Any other exception has the same effect: the message becomes a dead letter.
    /// </exception>
    object Decode(in KafkaMessage message);
}
