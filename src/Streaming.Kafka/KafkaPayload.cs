namespace BtcAgent.Streaming.Kafka;

/// <summary>What a message carries: its type, sent as a header so that a reader knows how to read the bytes.</summary>
public readonly record struct KafkaPayload(string Type, byte[] Data);
