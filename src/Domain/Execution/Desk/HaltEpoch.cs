namespace BtcAgent.Domain.Execution.Desk;

/// <summary>
/// Identifies the orders that an execution still sends. Read before an order is decided and carried with it: every halt
/// starts a new epoch, and an order of an earlier one is refused, however long it was in flight. The default value is never
/// in force.
/// </summary>
/// <param name="Activation">Activation of the execution grain: orders decided before it started are refused, too.</param>
/// <param name="Count">Number of halts since the activation started.</param>
[GenerateSerializer, Immutable, Alias("HaltEpoch")]
public readonly record struct HaltEpoch([property: Id(0)] string? Activation, [property: Id(1)] long Count);
