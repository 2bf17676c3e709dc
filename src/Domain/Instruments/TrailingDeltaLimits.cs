namespace BtcAgent.Domain.Instruments;

/// <summary>
/// Bounds of a trailing stop's distance, in basis points. "Above" is for stops that trigger above the market (stop-loss
/// buys, take-profit sells), "below" for the others. Source: Binance filter TRAILING_DELTA.
/// </summary>
[GenerateSerializer, Immutable, Alias("TrailingDeltaLimits")]
public readonly record struct TrailingDeltaLimits(
    [property: Id(0)] int MinAbove,
    [property: Id(1)] int MaxAbove,
    [property: Id(2)] int MinBelow,
    [property: Id(3)] int MaxBelow);
