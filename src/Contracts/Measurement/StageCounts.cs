using System.Collections.Immutable;

namespace BtcAgent.Contracts.Measurement;

/// <summary>A histogram of one stage: how often each time was measured.</summary>
/// <param name="Stage">The measured stage.</param>
/// <param name="Microseconds">The times, ascending, to two significant digits.</param>
/// <param name="Counts">How often each was measured, in the same order.</param>
[GenerateSerializer, Immutable, Alias("StageCounts")]
public sealed record StageCounts(
    [property: Id(0)] LatencyStage Stage,
    [property: Id(1)] ImmutableArray<long> Microseconds,
    [property: Id(2)] ImmutableArray<long> Counts);
