using BtcAgent.Chaos.Tests.Outside;

namespace BtcAgent.Chaos.Tests;

/// <summary>Result of a drill; everything except the counts of actions must be zero.</summary>
/// <param name="Seed">Seed that repeats the drill.</param>
/// <param name="Kills">Kills of the agent's process.</param>
/// <param name="Orders">The agent's orders in the venue's records.</param>
/// <param name="Faults">Faults injected by the venue.</param>
/// <param name="Lost">Orders that the agent accepted but neither executed nor refused, and trades missing from its books.</param>
/// <param name="Doubled">Orders that the venue has twice, and trades that the books count twice.</param>
/// <param name="Orphaned">Orders that are open on one side only, or that the agent considers refused.</param>
/// <param name="ForeignCanceled">Foreign orders under their own client ids that only the agent can have ended.</param>
/// <param name="CashDifference">Quote asset: the allocation after the venue's trades, less the books.</param>
/// <param name="PositionDifference">The same for the base asset.</param>
/// <param name="OutsideCashDifference">Quote asset: the rest of the venue's account, less the outside in the books.</param>
/// <param name="OutsidePositionDifference">The same for the base asset.</param>
/// <param name="FeeDifference">Fees in quote asset: the venue's less the books'.</param>
/// <param name="RecoveryMs">Milliseconds from the start of the process until its orders agree with the venue.</param>
/// <param name="Acts">Actions of the outside world.</param>
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
