namespace BtcAgent.Grains.Control;

/// <summary>An operator's command.</summary>
/// <param name="Time">Our clock.</param>
/// <param name="Operator">Name of the operator.</param>
/// <param name="Command">The command, with the portfolio if it is about one.</param>
/// <param name="Reason">The operator's reason.</param>
/// <param name="Operation">Id by which a repeat is recognised; null for a command without an idempotency key.</param>
public sealed record OperatorCommand(Timestamp Time, string Operator, string Command, string Reason, string? Operation = null);
