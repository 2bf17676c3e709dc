using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Limits of one portfolio. A value equal to its limit passes. Defaults suit a paper account of 100,000 USDT on BTC.
/// </summary>
public sealed class RiskLimits
{
    /// <summary>Largest position, long or short, in base asset; null for none beside the notional.</summary>
    [Range(0.0, 1e9)]
    public decimal? MaxPositionBase { get; set; }

    /// <summary>Largest position, long or short, in quote asset at mid. Default 50,000.</summary>
    [Range(0.0, 1e12)]
    public decimal MaxPositionNotional { get; set; } = 50_000;

    /// <summary>Largest order in quote asset at mid; a larger one is clipped. Default 10,000.</summary>
    [Range(0.0, 1e12)]
    public decimal MaxOrderNotional { get; set; } = 10_000;

    /// <summary>
    /// Fraction of the day's first equity; more lost puts the breaker to Reducing until the next UTC day. Default
    /// 0.03.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal DailyLossLimit { get; set; } = 0.03m;

    /// <summary>Fraction below the high-water mark; more halts until an operator resumes. Default 0.15.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxDrawdown { get; set; } = 0.15m;

    /// <summary>Oldest picture of the market to act on, in milliseconds of event time. Default 2,000.</summary>
    [Range(1, 600_000)]
    public int StaleDataMs { get; set; } = 2_000;

    /// <summary>Widest spread to open a position at, in basis points of mid. Default 10.</summary>
    [Range(0.0, 10_000.0)]
    public decimal MaxSpreadBps { get; set; } = 10;

    /// <summary>
    /// Least event time between two orders that open or enlarge a position, in milliseconds. Default 1,000.
    /// </summary>
    [Range(0, 86_400_000)]
    public int CoolDownMs { get; set; } = 1_000;

    /// <summary>Added to the cost of a buy for fees and slippage, in basis points. Default 30.</summary>
    [Range(0.0, 10_000.0)]
    public decimal CostBufferBps { get; set; } = 30;

    /// <summary>False on spot: a short signal then means flat. Default false.</summary>
    public bool AllowShort { get; set; }
}
