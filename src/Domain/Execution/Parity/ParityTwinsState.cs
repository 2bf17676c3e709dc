using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Parity;

/// <summary>The state that <see cref="ParityTwins"/> needs to continue after a restart.</summary>
[GenerateSerializer, Immutable, Alias("ParityTwinsState")]
public sealed record ParityTwinsState
{
    [Id(0)] public required PaperExecutionState Paper { get; init; }

    [Id(1)] public required ImmutableArray<ParityPair> Pairs { get; init; }
}
