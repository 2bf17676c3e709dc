using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Limits of one portfolio. A value equal to its limit passes. Defaults suit a paper account of 100,000 USDT on BTC.
/// </summary>
public sealed class RiskLimits
{
    /// <summary>Largest position, long or short, in base asset. Default null: only the notional limits it.</summary>
    [Range(0.0, 1e9)]
    public decimal? MaxPositionBase { get; set; }

    /// <summary>Largest position, long or short, in quote asset at mid. Default 50,000.</summary>
    [Range(0.0, 1e12)]
    public decimal MaxPositionNotional { get; set; } = 50_000;

    /// <summary>Largest order in quote asset at mid; a larger one is clipped. Default 10,000.</summary>
    [Range(0.0, 1e12)]
    public decimal MaxOrderNotional { get; set; } = 10_000;

    /// <summary>
    /// Largest loss of a UTC day, as a fraction of its first equity; more sets the breaker to Reducing until the next UTC
    /// day. Default 0.03.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal DailyLossLimit { get; set; } = 0.03m;

    /// <summary>
    /// Largest fall below the high-water mark, as a fraction; more halts until an operator resumes. Default 0.15.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal MaxDrawdown { get; set; } = 0.15m;

    /// <summary>Oldest market data to act on, in milliseconds of event time. Default 2,000.</summary>
    [Range(1, 600_000)]
    public int StaleDataMs { get; set; } = 2_000;

    /// <summary>Widest spread to open a position at, in basis points of mid. Default 10.</summary>
    [Range(0.0, 10_000.0)]
    public decimal MaxSpreadBps { get; set; } = 10;

    /// <summary>
    /// Least event time between two orders that open or enlarge a position, in milliseconds. Default 1,000.
    /// </summary>
    [Range(0, 86_400_000)]
    [HigherIsStricter]
    public int CoolDownMs { get; set; } = 1_000;

    /// <summary>Added to the cost of a buy for fees and slippage, in basis points. Default 30.</summary>
    [Range(0.0, 10_000.0)]
    [HigherIsStricter]
    public decimal CostBufferBps { get; set; } = 30;

    /// <summary>False on spot, where a short signal means flat. Default false.</summary>
    public bool AllowShort { get; set; }

    /// <summary>Sum of all positions, long or short, in quote asset at their marks. Default 100,000.</summary>
    [Range(0.0, 1e12)]
    public decimal MaxGrossExposure { get; set; } = 100_000;

    /// <summary>Orders open at once, of any instrument. Default 50.</summary>
    [Range(1, 10_000)]
    public int MaxOpenOrders { get; set; } = 50;

    /// <summary>Orders within one minute of event time. Default 120.</summary>
    [Range(1, 1_000_000)]
    public int MaxOrdersPerMinute { get; set; } = 120;

    /// <summary>Largest distance of a limit price from mid, in basis points. Default 1,000.</summary>
    [Range(0.0, 10_000.0)]
    public decimal MaxLimitDistanceBps { get; set; } = 1_000;

    /// <summary>Largest difference between the venue's clock and ours, in milliseconds. Default 5,000.</summary>
    [Range(1, 3_600_000)]
    public int MaxClockSkewMs { get; set; } = 5_000;

    /// <summary>Longest delay of an event from the venue to us, in milliseconds. Default 5,000.</summary>
    [Range(1, 3_600_000)]
    public int MaxFeedLatencyMs { get; set; } = 5_000;

    /// <summary>Oldest model that may open a position, in days since its training. Default null, no limit.</summary>
    [Range(0.0, 100_000.0)]
    public decimal? MaxModelAgeDays { get; set; }

    /// <summary>
    /// Most features outside the model's training range. Default null: only the signal's own check applies.
    /// </summary>
    [Range(0, 10_000)]
    public int? MaxFeaturesOutOfRange { get; set; }

    /// <summary>
    /// Highest annual volatility of returns at which a position may be opened, as a fraction. Default null, no limit.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public decimal? MaxAnnualVolatility { get; set; }

    /// <summary>Largest order as a multiple of the quantity at the touch. Default null, no limit.</summary>
    [Range(0.0, 1e6)]
    public decimal? MaxTouchMultiple { get; set; }

    /// <summary>
    /// Fees of both sides, in basis points; with the spread they must stay below the expected move. Default null: no check.
    /// </summary>
    [Range(0.0, 10_000.0)]
    [HigherIsStricter]
    public decimal? RoundTripFeeBps { get; set; }

    /// <summary>
    /// Largest loss of a UTC week, as a fraction of its first equity (Monday); more sets the breaker to Reducing until the
    /// next week. Default 0.08.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal WeeklyLossLimit { get; set; } = 0.08m;

    /// <summary>
    /// Most consecutive losing closes; more sets the breaker to Reducing for <see cref="CoolOffMinutes"/>. Default null, no
    /// limit.
    /// </summary>
    [Range(1, 10_000)]
    public int? MaxLosingStreak { get; set; }

    /// <summary>
    /// Shortest time that a losing streak or a system breaker lasts, in minutes of event time. Default 5.
    /// </summary>
    [Range(0, 100_000)]
    [HigherIsStricter]
    public int CoolOffMinutes { get; set; } = 5;

    /// <summary>
    /// Loss against the average price, in basis points, at which a position is closed while its strategy cannot judge it:
    /// its model is not ready, or windows are filling. Null never closes it. Default 200.
    /// </summary>
    [Range(1.0, 10_000.0)]
    public decimal? UnmanagedStopBps { get; set; } = 200;

    /// <summary>Whether a drawdown halt also closes all positions. Default false: they remain for the operator.</summary>
    public bool FlattenOnDrawdown { get; set; }

    /// <summary>
    /// Oldest price of an asset that fees are paid in, such as BNB, in milliseconds of event time; with an older one only
    /// smaller positions are allowed. Default 120,000.
    /// </summary>
    [Range(1_000, 86_400_000)]
    public int MaxValuationAgeMs { get; set; } = 120_000;

    /// <summary>Breakers on the agent's own health.</summary>
    public SystemLimits System { get; set; } = new();

    /// <summary>Returns a copy that can be changed independently.</summary>
    public RiskLimits Copy() => (RiskLimits)MemberwiseClone();
}
