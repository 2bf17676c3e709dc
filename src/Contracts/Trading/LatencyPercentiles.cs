namespace BtcAgent.Contracts.Trading;

/// <summary>Percentiles of one stage since start, in milliseconds; zero count means nothing was measured.</summary>
public sealed record LatencyPercentiles(LatencyStage Stage, long Count, double P50Ms, double P99Ms, double MaxMs);
