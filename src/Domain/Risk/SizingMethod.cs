namespace BtcAgent.Domain.Risk;

public enum SizingMethod : byte
{
    /// <summary>A constant fraction of equity.</summary>
    FixedFraction = 1,

    /// <summary>Target volatility ÷ realised volatility, as a fraction of equity.</summary>
    VolatilityTarget = 2,

    /// <summary>
    /// A fraction of the Kelly position: win probability from the signal's confidence, payoff from the options.
    /// </summary>
    FractionalKelly = 3,

    /// <summary>The position whose expected shortfall over a horizon equals a fraction of equity.</summary>
    CvarBudget = 4,
}
