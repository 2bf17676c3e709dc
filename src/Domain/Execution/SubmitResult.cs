using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>Result of a submitted intent.</summary>
/// <param name="IsNew">False when the client order id was known, so that nothing was sent.</param>
/// <param name="Order">The order in its current state.</param>
[GenerateSerializer, Immutable, Alias("SubmitResult")]
public readonly record struct SubmitResult([property: Id(0)] bool IsNew, [property: Id(1)] Order Order);
