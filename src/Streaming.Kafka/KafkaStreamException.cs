namespace BtcAgent.Streaming.Kafka;

/// <summary>The provider cannot work with these brokers or topics; the message is one line and says how to mend it.</summary>
public sealed class KafkaStreamException(string message, Exception? innerException = null) : Exception(message, innerException);
