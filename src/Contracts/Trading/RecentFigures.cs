using System.Collections.Immutable;

namespace BtcAgent.Contracts.Trading;

/// <summary>How the agent is doing now, over all silos that live.</summary>
/// <param name="Latencies">Every stage, within the window.</param>
/// <param name="SinkLagSeconds">Of the silo that is farthest behind; null while none has told.</param>
[GenerateSerializer, Immutable, Alias("RecentFigures")]
public sealed record RecentFigures(
    [property: Id(0)] ImmutableArray<LatencyPercentiles> Latencies, [property: Id(1)] double? SinkLagSeconds);
