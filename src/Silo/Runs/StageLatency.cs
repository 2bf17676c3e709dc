namespace BtcAgent.Silo.Runs;

/// <summary>Latency of one stage, in milliseconds.</summary>
public sealed record StageLatency(double P50Ms, double P99Ms, long Count);
