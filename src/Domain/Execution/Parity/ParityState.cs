using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Parity;

/// <summary>What the meter remembers.</summary>
[GenerateSerializer, Immutable, Alias("ParityState")]
public sealed record ParityState
{
    /// <summary>Oldest first, at most <see cref="ParityOptions.Window"/>.</summary>
    [Id(0)] public ImmutableArray<ParitySample> Recent { get; init; } = [];

    [Id(1)] public ParityAverage SlippageBps { get; init; }

    [Id(2)] public ParityAverage DelayMs { get; init; }

    [Id(3)] public ParityAverage FillRatioShortfall { get; init; }
}
