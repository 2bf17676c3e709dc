using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>State of an execution and the certainty of its orders.</summary>
/// <param name="IsLive">False on paper, where no venue can disagree.</param>
/// <param name="IsReconciling">True while the venue may know more: orders that add risk are not sent.</param>
/// <param name="Reason">Why the state is uncertain, or the result of the last comparison.</param>
/// <param name="ReconciledAt">Our clock at the last comparison without a doubt; unknown before the first.</param>
/// <param name="OpenOrders">Number of open orders.</param>
/// <param name="Anomalies">Doubts raised since activation, including repeats.</param>
/// <param name="LastAnomaly">Description of the last one.</param>
/// <param name="Corrections">Corrections made by comparisons, newest last.</param>
/// <param name="ErrorRate">Fraction of the recently sent orders that ended without an outcome, 0…1; null when the window
/// has too few.</param>
/// <param name="RejectRate">Fraction of the recently sent orders that the venue refused, 0…1; null when the window has too
/// few.</param>
/// <param name="SlippageBps">Mean slippage of fills beyond their simulated twins', in basis points; null when the window
/// has too few.</param>
/// <param name="FillDelayMs">Mean delay of fills behind their simulated twins', in milliseconds; null when the window has
/// too few.</param>
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
    /// <summary>Reports of the venue that do not fit, oldest first: the open doubts, and the last settled ones.</summary>
    [Id(12)] public ImmutableArray<Doubt> Doubts { get; init; } = [];

    /// <summary>Why the execution does not work at all; null when it does.</summary>
    [Id(13)] public string? StandsStill { get; init; }
}
