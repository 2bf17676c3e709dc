namespace BtcAgent.Research.Archives;

/// <summary>A trade, a joined trade or a bar of an archive.</summary>
/// <param name="Line">Number of the line in its text, from 1.</param>
/// <param name="FirstId">First trade id; of a bar its open time in intervals since 1970, when it is on the grid.</param>
/// <param name="LastId">Last trade id; of a bar as <paramref name="FirstId"/>.</param>
/// <param name="Time">Time of the trade, or open time of the bar.</param>
public readonly record struct ArchiveRow(long Line, long FirstId, long LastId, Timestamp Time)
{
    /// <summary>Price of a trade, close of a bar.</summary>
    public Price Price { get; init; }

    /// <summary>Quantity of a trade, volume of a bar.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Side that took liquidity in a trade.</summary>
    public Side Aggressor { get; init; }

    public Price Open { get; init; }

    public Price High { get; init; }

    public Price Low { get; init; }

    public TimeSpan Interval { get; init; }

    public Quantity BuyVolume { get; init; }

    public decimal QuoteVolume { get; init; }

    public int TradeCount { get; init; }

    /// <summary>True for a bar that does not begin at a whole interval, as after an outage.</summary>
    public bool IsOffGrid { get; init; }
}
