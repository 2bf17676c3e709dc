using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Risk;

/// <summary>The result of the risk checks for a signal: an approved intent, or the reasons against it.</summary>
[GenerateSerializer, Immutable, Alias("RiskDecision")]
public sealed record RiskDecision
{
    [Id(0)] public required DecisionId Decision { get; init; }

    [Id(1)] public required RiskOutcome Outcome { get; init; }

    /// <summary>Every evaluated rule in order, passed or not.</summary>
    [Id(2)] public required ImmutableArray<RiskCheck> Checks { get; init; }

    /// <summary>Signed base quantity that sizing proposed.</summary>
    [Id(3)] public required decimal TargetPosition { get; init; }

    [Id(4)] public required decimal CurrentPosition { get; init; }

    [Id(5)] public required BreakerState Breaker { get; init; }

    /// <summary>Set when approved.</summary>
    [Id(6)] public OrderIntent? Intent { get; init; }

    /// <summary>One-line summary for display.</summary>
    [Id(7)] public required string Summary { get; init; }

    /// <summary>
    /// Evidence that reproduces the decision. Null for a manual order, and for a decision without an order whose
    /// portfolio has more than <see cref="RiskEvidence.EntriesMax"/> positions and open orders.
    /// </summary>
    [Id(8)] public RiskEvidence? Evidence { get; init; }
}
