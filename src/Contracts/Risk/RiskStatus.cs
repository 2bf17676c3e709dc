using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Risk;

/// <summary>A portfolio's breaker, and its decisions since activation.</summary>
[GenerateSerializer, Immutable, Alias("RiskStatus")]
public sealed record RiskStatus(
    [property: Id(0)] BreakerState Breaker,
    [property: Id(1)] long Approved,
    [property: Id(2)] long Held,
    [property: Id(3)] long Rejected)
{
    /// <summary>
    /// Codes of the tripped breakers on the agent's health, in order; also while the portfolio is halted for another reason.
    /// </summary>
    [Id(4)] public ImmutableArray<string> Tripped { get; init; } = [];

    /// <summary>Cause of the breaker's mode; null before its first move.</summary>
    [Id(5)] public BreakerCause? Cause { get; init; }
}
