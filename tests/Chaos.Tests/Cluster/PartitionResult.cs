namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Result of one network partition.</summary>
/// <param name="Kind">The cut connections.</param>
/// <param name="Traded">The silo that traded at its start.</param>
/// <param name="CutSeconds">Duration in seconds.</param>
/// <param name="SilenceMs">The longest time without a decision during the partition.</param>
/// <param name="DecisionMs">Milliseconds from its end to the next decision.</param>
/// <param name="OrderMs">Milliseconds from its end to the next order at the venue.</param>
/// <param name="Traders">Silos in the order in which they placed or cancelled orders, from its start until that order.</param>
/// <param name="SilosEnded">Silos that ended themselves by then and were restarted.</param>
internal sealed record PartitionResult(
    PartitionKind Kind,
    int Traded,
    double CutSeconds,
    double SilenceMs,
    double DecisionMs,
    double OrderMs,
    IReadOnlyList<int> Traders,
    int SilosEnded);
