using System.Collections.Immutable;

namespace BtcAgent.Contracts.Trading;

/// <summary>What one silo has measured of itself.</summary>
/// <param name="SinceStart">Times by stage since its start.</param>
/// <param name="Lately">Times by stage within <see cref="ILatencyBoard"/>'s window.</param>
/// <param name="SinkLagSeconds">Age of the oldest decision or fact that its sinks have taken and not stored.</param>
[GenerateSerializer, Immutable, Alias("SiloFigures")]
public sealed record SiloFigures(
    [property: Id(0)] ImmutableArray<StageCounts> SinceStart,
    [property: Id(1)] ImmutableArray<StageCounts> Lately,
    [property: Id(2)] double SinkLagSeconds);
