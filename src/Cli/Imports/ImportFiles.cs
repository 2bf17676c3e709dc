using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>Opens files to import; their content decides what they are.</summary>
/// <param name="instrument">Instrument of the files.</param>
/// <param name="format">The format, where the user gives it.</param>
/// <param name="bars">How text files of bars are written.</param>
/// <param name="columns">Columns of Parquet files by their role.</param>
internal sealed class ImportFiles(InstrumentId instrument, ImportFormat? format, BarPolicy bars, IReadOnlyDictionary<string, string> columns)
{
    /// <exception cref="BarFileException">The file is absent or of no format that is imported.</exception>
    public IImportFile Open(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new BarFileException($"'{path}' is a folder: name its files");
        }

        return (format ?? FormatOf(path)) switch
        {
            ImportFormat.Klines => new ArchiveImportFile(path, ArchiveKind.Klines, instrument),
            ImportFormat.Trades => new ArchiveImportFile(path, ArchiveKind.Trades, instrument),
            ImportFormat.AggTrades => new ArchiveImportFile(path, ArchiveKind.AggTrades, instrument),
            ImportFormat.Tape => new TapeImportFile(path, instrument),
            ImportFormat.Parquet => new ParquetImportFile(path, columns, bars, instrument, cancellationToken),
            _ => new BarImportFile(path, bars, instrument, cancellationToken),
        };
    }

    private ImportFormat FormatOf(string path)
    {
        if (ParquetFile.IsParquet(path))
        {
            return ImportFormat.Parquet;
        }

        if (TapeReader.IsTape(path))
        {
            return ImportFormat.Tape;
        }

        return ArchiveFile.KindOf(path) switch
        {
            ArchiveKind.Klines => ImportFormat.Klines,
            ArchiveKind.Trades => ImportFormat.Trades,
            ArchiveKind.AggTrades => ImportFormat.AggTrades,
            _ when BarFile.WhyNotBars(path, bars) is { } why => throw new BarFileException(
                $"{path}: its first rows are not klines, trades or aggTrades of Binance's archive, it is neither a tape nor Parquet, and bars cannot be read from it ({why}); "
                + "--kind says which it is"),
            _ => ImportFormat.Bars,
        };
    }
}
