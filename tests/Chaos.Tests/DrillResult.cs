namespace BtcAgent.Chaos.Tests;

/// <summary>What a drill found; all but the counts of what was done have to be zero.</summary>
/// <param name="Seed">Replays the drill.</param>
/// <param name="Kills">Of the agent's process.</param>
/// <param name="Orders">The agent's, that the venue has on record.</param>
/// <param name="Faults">Injected by the venue.</param>
/// <param name="Lost">Orders that the agent took and neither carried out nor refused, and trades that its books lack.</param>
/// <param name="Doubled">Orders that the venue has twice, and trades that the books count twice.</param>
/// <param name="Orphaned">Orders that are open on one side only, or that the agent took for refused.</param>
/// <param name="CashDifference">Quote asset, the venue's less the books'.</param>
/// <param name="PositionDifference">Base asset, the venue's less the books'.</param>
/// <param name="FeeDifference">In quote asset, the venue's less the books'.</param>
/// <param name="RecoveryMs">From the start of the process to orders that agree with the venue.</param>
public sealed record DrillResult(
    int Seed,
    int Kills,
    int Orders,
    long Faults,
    int Lost,
    int Doubled,
    int Orphaned,
    decimal CashDifference,
    decimal PositionDifference,
    decimal FeeDifference,
    RecoveryTimes RecoveryMs)
{
    public bool IsClean => Lost == 0 && Doubled == 0 && Orphaned == 0 && CashDifference == 0 && PositionDifference == 0 && FeeDifference == 0;
}
