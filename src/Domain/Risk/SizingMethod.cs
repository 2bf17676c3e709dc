namespace BtcAgent.Domain.Risk;

public enum SizingMethod : byte
{
    /// <summary>A constant fraction of equity.</summary>
    FixedFraction = 1,

    /// <summary>Target volatility ÷ realised volatility, of equity.</summary>
    VolatilityTarget = 2,
}
