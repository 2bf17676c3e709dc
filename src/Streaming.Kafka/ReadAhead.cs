namespace BtcAgent.Streaming.Kafka;

/// <summary>What a partition's reader has for its receiver.</summary>
/// <param name="Offset">Of the message; where reading begins again at a restart.</param>
/// <param name="Batch">Null for a message that is not delivered, and for a restart.</param>
/// <param name="IsRestart">The topic was deleted and created again: what follows has offsets that know nothing of those before.</param>
internal readonly record struct ReadAhead(long Offset, KafkaBatch? Batch, bool IsRestart = false);
