using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Trading;

/// <summary>The complete provenance of one decision: the sample, the model's score, the result of risk.</summary>
[GenerateSerializer, Immutable, Alias("Decision")]
public sealed record Decision
{
    [Id(0)] public required DecisionId Id { get; init; }

    [Id(1)] public required string Portfolio { get; init; }

    [Id(2)] public required FeatureSample Sample { get; init; }

    [Id(3)] public required Signal Signal { get; init; }

    [Id(4)] public required RiskDecision Risk { get; init; }
}
