using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Limits of the breakers on the agent's health. Each trips above its limit and releases at four fifths of it, but not
/// before the cool-off ends. Null switches a breaker off.
/// </summary>
public sealed class SystemLimits
{
    /// <summary>Age of the last market data, in milliseconds. Default 10,000.</summary>
    [Range(1.0, 1e9)]
    public decimal? FeedStalenessMs { get; set; } = 10_000;

    /// <summary>
    /// p99 of the slowest stage from tick to order within the last ten minutes, in milliseconds. Default 1,000.
    /// </summary>
    [Range(0.1, 1e9)]
    public decimal? LatencyP99Ms { get; set; } = 1_000;

    /// <summary>Measurements of a stage within the ten minutes that its percentile needs. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int LatencyCountMin { get; set; } = 100;

    /// <summary>
    /// Fraction of the orders sent within <c>Execution:AnswerWindowMinutes</c> that ended without an outcome, 0…1. Default
    /// 0.5.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal? ErrorRate { get; set; } = 0.5m;

    /// <summary>
    /// Fraction of the orders sent within <c>Execution:AnswerWindowMinutes</c> that the venue refused, 0…1. Default 0.5.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal? RejectRate { get; set; } = 0.5m;

    /// <summary>Average slippage of real fills beyond their simulated twins' within <c>Execution:Parity:WindowMinutes</c>, in basis points. Default 20.</summary>
    [Range(0.0, 10_000.0)]
    public decimal? SlippageBps { get; set; } = 20;

    /// <summary>Average delay of real fills behind their simulated twins' within <c>Execution:Parity:WindowMinutes</c>, in milliseconds. Default 5,000.</summary>
    [Range(0.0, 1e9)]
    public decimal? FillDelayMs { get; set; } = 5_000;

    /// <summary>
    /// Age of the oldest decision or fact that a sink has accepted but not stored, in seconds. Default 300.
    /// </summary>
    [Range(1.0, 1e9)]
    public decimal? SinkLagSeconds { get; set; } = 300;

    /// <summary>Sampling intervals, each at least one second, without a decision while there is market data. Default 30.</summary>
    [Range(1.0, 1e9)]
    public decimal? IntervalsWithoutDecision { get; set; } = 30;

    [EnumDataType(typeof(BreakerAction))]
    public BreakerAction Action { get; set; } = BreakerAction.Reduce;
}
