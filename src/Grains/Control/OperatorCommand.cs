namespace BtcAgent.Grains.Control;

/// <summary>An operator's command with its time (our clock) and reason.</summary>
public sealed record OperatorCommand(Timestamp Time, string Operator, string Command, string Reason);
