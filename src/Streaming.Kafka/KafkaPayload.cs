namespace BtcAgent.Streaming.Kafka;

/// <summary>The payload of a message: its bytes, and their type, which is sent as a header for the reader.</summary>
public readonly record struct KafkaPayload(string Type, byte[] Data);
