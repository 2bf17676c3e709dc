namespace BtcAgent.Cli.Imports;

/// <summary>Formats of files that can be imported.</summary>
internal enum ImportFormat
{
    /// <summary>Bars of Binance's archive.</summary>
    Klines,

    /// <summary>Single trades of Binance's archive.</summary>
    Trades,

    /// <summary>Joined trades of Binance's archive.</summary>
    AggTrades,

    /// <summary>A tape: recorded frames.</summary>
    Tape,

    /// <summary>A Parquet file of trades, quotes or bars.</summary>
    Parquet,

    /// <summary>A text file of bars in any common layout.</summary>
    Bars,
}
