namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>A bar as computed by the venue (kline stream). Used only to check the bars built from trades.</summary>
public readonly record struct VenueBar
{
    public required Timestamp OpenTime { get; init; }

    /// <summary>Last instant of the bar, inclusive.</summary>
    public required Timestamp CloseTime { get; init; }

    public Price Open { get; init; }

    public Price High { get; init; }

    public Price Low { get; init; }

    public Price Close { get; init; }

    /// <summary>In base asset.</summary>
    public Quantity Volume { get; init; }

    public long TradeCount { get; init; }

    /// <summary>False while the bar is still growing.</summary>
    public bool IsClosed { get; init; }
}
