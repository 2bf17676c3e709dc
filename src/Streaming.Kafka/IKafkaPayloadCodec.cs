namespace BtcAgent.Streaming.Kafka;

/// <summary>Turns stream events into message payloads and back. Called from several threads at once.</summary>
public interface IKafkaPayloadCodec
{
    /// <exception cref="NotSupportedException">No payload is defined for events of this type.</exception>
    KafkaPayload Encode(string topic, object item);

    /// <param name="topic">Topic that the message came from.</param>
    /// <param name="type">The message's type header; null when its producer sent none.</param>
    /// <param name="data">The message's value.</param>
    /// <exception cref="FormatException">The bytes are not what they should be: the message goes to the dead letters.</exception>
    object Decode(string topic, string? type, ReadOnlySpan<byte> data);
}
