using System.Collections.Immutable;

namespace BtcAgent.Contracts.Measurement;

/// <summary>The agent's recent figures, over all live silos.</summary>
/// <param name="Latencies">Percentiles of every stage within the window.</param>
/// <param name="SinkLagSeconds">Lag of the slowest silo; null while none has reported.</param>
[GenerateSerializer, Immutable, Alias("RecentFigures")]
public sealed record RecentFigures(
    [property: Id(0)] ImmutableArray<LatencyPercentiles> Latencies, [property: Id(1)] double? SinkLagSeconds);
