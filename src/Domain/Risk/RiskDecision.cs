using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Risk;

/// <summary>What risk made of a signal: an approved intent, or the reasons why not.</summary>
[GenerateSerializer, Immutable, Alias("RiskDecision")]
public sealed record RiskDecision
{
    [Id(0)] public required DecisionId Decision { get; init; }

    [Id(1)] public required RiskOutcome Outcome { get; init; }

    /// <summary>Every rule that was asked, passed or not, in order.</summary>
    [Id(2)] public required ImmutableArray<RiskCheck> Checks { get; init; }

    /// <summary>Signed base quantity the sizing asked for.</summary>
    [Id(3)] public required decimal TargetPosition { get; init; }

    [Id(4)] public required decimal CurrentPosition { get; init; }

    [Id(5)] public required BreakerState Breaker { get; init; }

    /// <summary>Set when approved.</summary>
    [Id(6)] public OrderIntent? Intent { get; init; }

    /// <summary>One line for people.</summary>
    [Id(7)] public required string Summary { get; init; }

    /// <summary>
    /// What it can be made from again. Null of an order by hand, and of a decision without an order whose portfolio has
    /// more than <see cref="RiskEvidence.EntriesMax"/> positions and open orders.
    /// </summary>
    [Id(8)] public RiskEvidence? Evidence { get; init; }
}
