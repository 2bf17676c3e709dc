using System.Collections.Immutable;

namespace BtcAgent.Contracts.Measurement;

/// <summary>The measurements of one silo.</summary>
/// <param name="SinceStart">Times by stage since its start.</param>
/// <param name="Lately">Times by stage within <see cref="ILatencyBoard"/>'s window.</param>
/// <param name="SinkLagSeconds">Age of the oldest decision or fact that its sinks have accepted but not stored.</param>
[GenerateSerializer, Immutable, Alias("SiloFigures")]
public sealed record SiloFigures(
    [property: Id(0)] ImmutableArray<StageCounts> SinceStart,
    [property: Id(1)] ImmutableArray<StageCounts> Lately,
    [property: Id(2)] double SinkLagSeconds);
