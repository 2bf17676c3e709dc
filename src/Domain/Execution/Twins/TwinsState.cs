using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Twins;

/// <summary>The state that <see cref="OrderTwins"/> needs to continue after a restart.</summary>
[GenerateSerializer, Immutable, Alias("ParityTwinsState")]
public sealed record TwinsState
{
    [Id(0)] public required PaperExecutionState Paper { get; init; }

    [Id(1)] public required ImmutableArray<TwinPair> Pairs { get; init; }
}
