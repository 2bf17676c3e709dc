using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Breakers on the agent's own health. Each trips above its limit and lets go at four fifths of it, after the cool-off at
/// the earliest. Null switches one off.
/// </summary>
public sealed class SystemLimits
{
    /// <summary>Age of the last market data, in milliseconds. Default 10,000.</summary>
    [Range(1.0, 1e9)]
    public decimal? FeedStalenessMs { get; set; } = 10_000;

    /// <summary>p99 of the slowest stage of the way to an order within the last ten minutes, in milliseconds. Default 1,000.</summary>
    [Range(0.1, 1e9)]
    public decimal? LatencyP99Ms { get; set; } = 1_000;

    /// <summary>Times of a stage within the ten minutes before its percentile counts. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int LatencyCountMin { get; set; } = 100;

    /// <summary>Share of the orders sent within <c>Execution:AnswerWindowMinutes</c> that ended without an outcome, 0…1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public decimal? ErrorRate { get; set; } = 0.5m;

    /// <summary>Share of the orders sent within <c>Execution:AnswerWindowMinutes</c> that the venue refused, 0…1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public decimal? RejectRate { get; set; } = 0.5m;

    /// <summary>Average slippage of real fills beyond their simulated twins' within <c>Execution:Parity:WindowMinutes</c>, in basis points. Default 20.</summary>
    [Range(0.0, 10_000.0)]
    public decimal? SlippageBps { get; set; } = 20;

    /// <summary>Average delay of real fills behind their simulated twins' within <c>Execution:Parity:WindowMinutes</c>, in milliseconds. Default 5,000.</summary>
    [Range(0.0, 1e9)]
    public decimal? FillDelayMs { get; set; } = 5_000;

    /// <summary>Age of the oldest decision or fact that a sink has taken and not stored, in seconds. Default 300.</summary>
    [Range(1.0, 1e9)]
    public decimal? SinkLagSeconds { get; set; } = 300;

    /// <summary>Sampling intervals, of a second at least, in which nothing was decided. Default 30.</summary>
    [Range(1.0, 1e9)]
    public decimal? IntervalsWithoutDecision { get; set; } = 30;

    [EnumDataType(typeof(BreakerAction))]
    public BreakerAction Action { get; set; } = BreakerAction.Reduce;
}
