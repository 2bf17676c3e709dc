using Google.Protobuf;

namespace BtcAgent.History.Sinks;

/// <summary>A fact as a sink receives it.</summary>
/// <param name="Offset">Position within its partition.</param>
/// <param name="LoggedAt">When it was appended to the log.</param>
/// <param name="Key">The fact's key.</param>
/// <param name="Message">The topic's message of <c>BtcAgent.Contracts.Wire.V1</c>.</param>
public readonly record struct FactRecord(long Offset, Timestamp LoggedAt, string Key, IMessage Message);
