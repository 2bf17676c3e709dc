namespace BtcAgent.History.Log;

/// <summary>One message of a log.</summary>
/// <param name="Offset">Position within its partition; offsets ascend, and may have holes in Kafka.</param>
/// <param name="Time">When it was appended, by the log's clock.</param>
/// <param name="Key">The fact's key.</param>
/// <param name="Payload">The Protobuf message.</param>
public readonly record struct LogEntry(long Offset, Timestamp Time, string Key, ReadOnlyMemory<byte> Payload);
