using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>How sure an execution is of its orders.</summary>
/// <param name="IsLive">False on paper, where there is nobody to disagree with.</param>
/// <param name="IsReconciling">True while the venue may know more: no order that adds risk goes out.</param>
/// <param name="Reason">Why it is in doubt, or what the last comparison came to.</param>
/// <param name="ReconciledAt">Our clock at the last comparison that left no doubt; unknown before the first.</param>
/// <param name="OpenOrders">How many are open.</param>
/// <param name="Anomalies">Doubts raised since activation, repeats included.</param>
/// <param name="LastAnomaly">The last of them in words.</param>
/// <param name="Corrections">What comparisons had to set right, newest last.</param>
/// <param name="ErrorRate">Share of the orders sent lately that ended without an outcome, 0…1; null for too few in the window.</param>
/// <param name="RejectRate">Share of the orders sent lately that the venue refused, 0…1; null for too few in the window.</param>
/// <param name="SlippageBps">By how much fills were worse than their simulated twins', on average; null for too few in the window.</param>
/// <param name="FillDelayMs">By how much they came later, on average; null for too few in the window.</param>
[GenerateSerializer, Immutable, Alias("ExecutionStatus")]
public sealed record ExecutionStatus(
    [property: Id(0)] bool IsLive,
    [property: Id(1)] bool IsReconciling,
    [property: Id(2)] string Reason,
    [property: Id(3)] Timestamp ReconciledAt,
    [property: Id(4)] int OpenOrders,
    [property: Id(5)] long Anomalies,
    [property: Id(6)] string? LastAnomaly,
    [property: Id(7)] ImmutableArray<Correction> Corrections,
    [property: Id(8)] decimal? ErrorRate = null,
    [property: Id(9)] decimal? RejectRate = null,
    [property: Id(10)] decimal? SlippageBps = null,
    [property: Id(11)] decimal? FillDelayMs = null)
{
    /// <summary>What the venue said that did not fit, oldest first: the open ones, and the last that were settled.</summary>
    [Id(12)] public ImmutableArray<Doubt> Doubts { get; init; } = [];

    /// <summary>Why the execution does not work at all; null when it does.</summary>
    [Id(13)] public string? StandsStill { get; init; }
}
