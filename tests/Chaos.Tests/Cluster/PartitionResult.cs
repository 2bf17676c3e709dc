namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>What one partition did.</summary>
/// <param name="Kind">Who was cut from whom.</param>
/// <param name="Traded">The silo that traded when it began.</param>
/// <param name="CutSeconds">How long it lasted.</param>
/// <param name="SilenceMs">The longest time without a decision while it lasted.</param>
/// <param name="DecisionMs">From its end to the next decision.</param>
/// <param name="OrderMs">From its end to the next order at the venue.</param>
/// <param name="Traders">Silos in the order in which they placed or cancelled orders, from its begin until that order.</param>
/// <param name="SilosEnded">Silos that ended themselves by then and were started again.</param>
internal sealed record PartitionResult(
    PartitionKind Kind,
    int Traded,
    double CutSeconds,
    double SilenceMs,
    double DecisionMs,
    double OrderMs,
    IReadOnlyList<int> Traders,
    int SilosEnded);
