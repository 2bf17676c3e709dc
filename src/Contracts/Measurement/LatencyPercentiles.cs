namespace BtcAgent.Contracts.Measurement;

/// <summary>Percentiles of one stage, in milliseconds; a count of zero means no measurement.</summary>
[GenerateSerializer, Immutable, Alias("LatencyPercentiles")]
public sealed record LatencyPercentiles(
    [property: Id(0)] LatencyStage Stage,
    [property: Id(1)] long Count,
    [property: Id(2)] double P50Ms,
    [property: Id(3)] double P99Ms,
    [property: Id(4)] double MaxMs);
