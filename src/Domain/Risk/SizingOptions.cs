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
}
