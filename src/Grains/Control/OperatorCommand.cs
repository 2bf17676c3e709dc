namespace BtcAgent.Grains.Control;

/// <summary>Who told the agent what, when (our clock) and why.</summary>
public sealed record OperatorCommand(Timestamp Time, string Operator, string Command, string Reason);
