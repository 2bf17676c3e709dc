namespace BtcAgent.Research.Archives;

/// <summary>Kinds of files in Binance's archive, by their columns.</summary>
public enum ArchiveKind
{
    /// <summary>Bars with quote volume, number of trades and taker's volume: 12 columns.</summary>
    Klines,

    /// <summary>Single trades.</summary>
    Trades,

    /// <summary>Trades of one taker order at one price, joined.</summary>
    AggTrades,
}
