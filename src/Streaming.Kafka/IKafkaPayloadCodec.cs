namespace BtcAgent.Streaming.Kafka;

/// <summary>Turns stream events into message payloads and back. Called from several threads at once.</summary>
public interface IKafkaPayloadCodec
{
    /// <exception cref="NotSupportedException">No payload is defined for events of this type.</exception>
    KafkaPayload Encode(string topic, object item);

    /// <summary>
    /// Reads a message, and judges its key too: a stream that no consumer can serve is refused here, not by its consumer.
    /// </summary>
    /// <exception cref="FormatException">
    /// The bytes or the key are not what they should be. Whatever else is thrown is treated alike: the message goes to the dead letters.
    /// </exception>
    object Decode(in KafkaMessage message);
}
