using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Twins;

/// <summary>A live order and its twin, until both have ended.</summary>
[GenerateSerializer, Immutable, Alias("ParityPair")]
public sealed record TwinPair
{
    [Id(0)] public required Order Live { get; init; }

    [Id(1)] public required Order Twin { get; init; }

    [Id(2)] public ImmutableArray<Fill> LiveFills { get; init; } = [];

    [Id(3)] public ImmutableArray<Fill> TwinFills { get; init; } = [];
}
