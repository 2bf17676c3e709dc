namespace BtcAgent.Streaming.Kafka;

/// <summary>Item that a partition's reader passes to its receiver.</summary>
/// <param name="Offset">Offset of the message; at a restart, the first offset of the new topic.</param>
/// <param name="Batch">Null for a message that needs no delivery, and for a restart.</param>
/// <param name="Copied">Completes when the dead-letter topic has the copy of an unreadable message, or did not accept it.</param>
/// <param name="IsRestart">The topic was deleted and created again: later offsets are unrelated to earlier ones.</param>
internal readonly record struct ReadAhead(long Offset, KafkaBatch? Batch, Task? Copied = null, bool IsRestart = false);
