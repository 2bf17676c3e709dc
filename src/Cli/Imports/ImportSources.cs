namespace BtcAgent.Cli.Imports;

/// <summary>Beginnings of the names that imported contents have in the history.</summary>
internal static class ImportSources
{
    public const string Trades = "import-trades-";
    public const string AggTrades = "import-aggtrades-";
    public const string Klines = "import-klines-";
    public const string Tape = "import-tape-";
    public const string Parquet = "import-parquet-";
    public const string Bars = "import-bars-";
}
