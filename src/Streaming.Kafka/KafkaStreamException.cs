namespace BtcAgent.Streaming.Kafka;

/// <summary>The provider cannot work with these brokers or topics; the message is one line and names the remedy.</summary>
public sealed class KafkaStreamException(string message, Exception? innerException = null) : Exception(message, innerException);
