using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Risk;

/// <summary>The outcome of an operator's order.</summary>
/// <param name="Decision">The decision with every evaluated rule.</param>
/// <param name="Order">Its current state; null when risk refused it.</param>
[GenerateSerializer, Immutable, Alias("ManualOrderAnswer")]
public sealed record ManualOrderAnswer([property: Id(0)] RiskDecision Decision, [property: Id(1)] Order? Order);
