namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>A server that was killed and started again under a trading cluster.</summary>
/// <param name="Server">Kafka or PostgreSQL.</param>
/// <param name="Seconds">How long it was away.</param>
/// <param name="Stated">What the agent said of it meanwhile.</param>
/// <param name="DecisionsMeanwhile">From a second after the kill until it was back.</param>
/// <param name="ResumeMs">From its return until the next decision.</param>
/// <param name="GrowthMiB">Most memory that a process took meanwhile beyond what it had.</param>
internal sealed record OutageResult(
    string Server, double Seconds, IReadOnlyList<string> Stated, int DecisionsMeanwhile, double ResumeMs, long GrowthMiB);
