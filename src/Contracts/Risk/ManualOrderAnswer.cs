using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Risk;

/// <summary>What became of an operator's order.</summary>
/// <param name="Decision">Every rule that was asked.</param>
/// <param name="Order">As it stands; null when risk refused it.</param>
[GenerateSerializer, Immutable, Alias("ManualOrderAnswer")]
public sealed record ManualOrderAnswer([property: Id(0)] RiskDecision Decision, [property: Id(1)] Order? Order);
