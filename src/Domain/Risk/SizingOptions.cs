using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>Size of the position for a signal.</summary>
public sealed class SizingOptions
{
    /// <summary>How a position is sized. Default FixedFraction.</summary>
    [EnumDataType(typeof(SizingMethod))]
    public SizingMethod Method { get; set; } = SizingMethod.FixedFraction;

    /// <summary>Position of the fixed-fraction method, as a fraction of equity. Default 0.25.</summary>
    [Range(0.0, 10.0)]
    public decimal Fraction { get; set; } = 0.25m;

    /// <summary>Target annual standard deviation of the position's returns, as a fraction. Default 0.20.</summary>
    [Range(0.0, 10.0)]
    public decimal TargetVolatility { get; set; } = 0.20m;

    /// <summary>Largest position of any method, as a fraction of equity. Default 0.5.</summary>
    [Range(0.0, 10.0)]
    public decimal MaxFraction { get; set; } = 0.5m;

    /// <summary>
    /// Dead band: no order while target and position differ by at most this fraction of the target. Default 0.1.
    /// </summary>
    [Range(0.0, 1.0)]
    public decimal MinRebalanceFraction { get; set; } = 0.1m;

    /// <summary>Fraction of the full Kelly position. Default 0.25.</summary>
    [Range(0.0, 1.0)]
    public decimal KellyFraction { get; set; } = 0.25m;

    /// <summary>Ratio of average win to average loss for Kelly. Default 1.</summary>
    [Range(0.01, 100.0)]
    public decimal PayoffRatio { get; set; } = 1;

    /// <summary>Largest expected shortfall, as a fraction of equity. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public decimal CvarBudget { get; set; } = 0.01m;

    /// <summary>Tail of the expected shortfall: the mean over this fraction of the worst outcomes. Default 0.025.</summary>
    [Range(0.0001, 0.5)]
    public double CvarTail { get; set; } = 0.025;

    /// <summary>Horizon of the expected shortfall, in seconds. Default 3,600.</summary>
    [Range(1.0, 31_557_600.0)]
    public double CvarHorizonSeconds { get; set; } = 3_600;

    /// <summary>
    /// Factor on the normal distribution's shortfall for fatter tails. Default 1.6, about Student's t with 4 degrees of
    /// freedom at 2.5 %.
    /// </summary>
    [Range(1.0, 10.0)]
    public double CvarTailMultiplier { get; set; } = 1.6;
}
