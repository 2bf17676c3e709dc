using BtcAgent.Chaos.Tests.Outside;

namespace BtcAgent.Chaos.Tests;

/// <summary>What a drill found; all but the counts of what was done have to be zero.</summary>
/// <param name="Seed">Replays the drill.</param>
/// <param name="Kills">Of the agent's process.</param>
/// <param name="Orders">The agent's, that the venue has on record.</param>
/// <param name="Faults">Injected by the venue.</param>
/// <param name="Lost">Orders that the agent took and neither carried out nor refused, and trades that its books lack.</param>
/// <param name="Doubled">Orders that the venue has twice, and trades that the books count twice.</param>
/// <param name="Orphaned">Orders that are open on one side only, or that the agent took for refused.</param>
/// <param name="ForeignCanceled">Foreign orders under their own client ids that only the agent can have ended.</param>
/// <param name="CashDifference">Quote asset: what the venue's trades made of the allocation, less the books.</param>
/// <param name="PositionDifference">The same for the base asset.</param>
/// <param name="OutsideCashDifference">Quote asset: the rest of the venue's account, less what the books say is outside.</param>
/// <param name="OutsidePositionDifference">The same for the base asset.</param>
/// <param name="FeeDifference">In quote asset, the venue's less the books'.</param>
/// <param name="RecoveryMs">From the start of the process to orders that agree with the venue.</param>
/// <param name="Acts">What the outside world did.</param>
public sealed record DrillResult(
    int Seed,
    int Kills,
    int Orders,
    long Faults,
    int Lost,
    int Doubled,
    int Orphaned,
    int ForeignCanceled,
    decimal CashDifference,
    decimal PositionDifference,
    decimal OutsideCashDifference,
    decimal OutsidePositionDifference,
    decimal FeeDifference,
    RecoveryTimes RecoveryMs,
    DrillActs Acts)
{
    public bool IsClean => Lost == 0 && Doubled == 0 && Orphaned == 0 && ForeignCanceled == 0
        && CashDifference == 0 && PositionDifference == 0 && FeeDifference == 0
        && OutsideCashDifference == 0 && OutsidePositionDifference == 0;
}
