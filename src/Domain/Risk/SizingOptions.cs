using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>How large a position a signal is worth.</summary>
public sealed class SizingOptions
{
    [EnumDataType(typeof(SizingMethod))]
    public SizingMethod Method { get; set; } = SizingMethod.FixedFraction;

    /// <summary>Fraction of equity of a fixed-fraction position. Default 0.25.</summary>
    [Range(0.0, 10.0)]
    public decimal Fraction { get; set; } = 0.25m;

    /// <summary>
    /// Annual standard deviation of returns, as a fraction, that a position should bring. Default 0.20.
    /// </summary>
    [Range(0.0, 10.0)]
    public decimal TargetVolatility { get; set; } = 0.20m;

    /// <summary>Largest fraction of equity of any position. Default 0.5.</summary>
    [Range(0.0, 10.0)]
    public decimal MaxFraction { get; set; } = 0.5m;

    /// <summary>
    /// Dead band: no order while target and position differ by no more than this fraction of the target. Default 0.1.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal MinRebalanceFraction { get; set; } = 0.1m;

    /// <summary>Share of the full Kelly fraction. Default 0.25.</summary>
    [Range(0.0, 1.0)]
    public decimal KellyFraction { get; set; } = 0.25m;

    /// <summary>Average win over average loss that Kelly reckons with. Default 1.</summary>
    [Range(0.01, 100.0)]
    public decimal PayoffRatio { get; set; } = 1;

    /// <summary>Share of equity that the expected shortfall may come to. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public decimal CvarBudget { get; set; } = 0.01m;

    /// <summary>Tail of the expected shortfall: the mean of the worst of this share of outcomes. Default 0.025.</summary>
    [Range(0.0001, 0.5)]
    public double CvarTail { get; set; } = 0.025;

    /// <summary>Horizon of the expected shortfall, in seconds. Default 3,600.</summary>
    [Range(1.0, 31_557_600.0)]
    public double CvarHorizonSeconds { get; set; } = 3_600;

    /// <summary>
    /// Multiplier on the normal distribution's shortfall for fatter tails. Default 1.6: about Student's t with 4 degrees of
    /// freedom at 2.5 %.
    /// </summary>
    [Range(1.0, 10.0)]
    public double CvarTailMultiplier { get; set; } = 1.6;
}
