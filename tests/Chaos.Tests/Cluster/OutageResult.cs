namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>A server that was killed and started again under a trading cluster.</summary>
/// <param name="Server">Kafka or PostgreSQL.</param>
/// <param name="Seconds">Duration of the outage.</param>
/// <param name="Stated">The agent's message about it meanwhile.</param>
/// <param name="DecisionsMeanwhile">Decisions from one second after the kill until the restart.</param>
/// <param name="ResumeMs">Milliseconds from the restart to the next decision.</param>
/// <param name="GrowthMiB">Largest memory growth of a process meanwhile.</param>
internal sealed record OutageResult(
    string Server, double Seconds, IReadOnlyList<string> Stated, int DecisionsMeanwhile, double ResumeMs, long GrowthMiB);
