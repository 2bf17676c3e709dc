namespace BtcAgent.Domain.Execution.Desk;

/// <summary>
/// Which orders an execution still sends. Read before an order is decided and carried with it: every halt gives the execution
/// another epoch, and an order of an earlier one is refused, however long it was on its way. The default is never in force.
/// </summary>
/// <param name="Activation">Of the execution grain: what was decided before it started is refused too.</param>
/// <param name="Count">Halts since the activation started.</param>
[GenerateSerializer, Immutable, Alias("HaltEpoch")]
public readonly record struct HaltEpoch([property: Id(0)] string? Activation, [property: Id(1)] long Count);
