using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>A file of Binance's archive.</summary>
internal sealed class ArchiveImportFile(string path, ArchiveKind kind, InstrumentId instrument) : IImportFile
{
    public string Path => path;

    public ImportFormat Format => kind switch
    {
        ArchiveKind.Klines => ImportFormat.Klines,
        ArchiveKind.Trades => ImportFormat.Trades,
        _ => ImportFormat.AggTrades,
    };

    public FactTopic Topic => kind == ArchiveKind.Klines ? FactTopic.Bars : FactTopic.MarketData;

    public string SourcePrefix => kind switch
    {
        ArchiveKind.Klines => ImportSources.Klines,
        ArchiveKind.Trades => ImportSources.Trades,
        _ => ImportSources.AggTrades,
    };

    public IReadOnlyCollection<string> OtherSources => kind == ArchiveKind.AggTrades
        ? [ImportSources.Trades, ImportSources.Tape, ImportSources.Parquet]
        : [ImportSources.AggTrades];

    public string Options => "";

    public bool HasManyIntervals => false;

    public string LineName => "line";

    public IEnumerable<ImportRow> Read(bool withMessages, Action<string> remark)
    {
        var interval = TimeSpan.Zero;
        foreach (var row in ArchiveFile.Read(path, kind, remark))
        {
            if (kind == ArchiveKind.Klines && interval != TimeSpan.Zero && row.Interval != interval)
            {
                throw new BarFileException($"{path}, line {row.Line}: a bar of {row.Interval} after bars of {interval}: import each interval from its file");
            }

            interval = row.Interval;
            yield return kind == ArchiveKind.Klines ? BarOf(row, withMessages) : TradeOf(row, withMessages);
        }
    }

    private ImportRow BarOf(in ArchiveRow row, bool withMessages)
    {
        var bar = new Bar(row.Time, row.Interval, row.Open, row.High, row.Low, row.Price, row.Quantity, row.BuyVolume, row.QuoteVolume, row.TradeCount);
        return new ImportRow(RowKind.Bar, row.Line, row.FirstId, row.LastId, row.Time)
        {
            Interval = row.Interval,
            IsOffGrid = row.IsOffGrid,
            IsEmpty = row.TradeCount == 0,
            Message = withMessages ? ImportMessages.Bar(instrument, in bar) : null,
        };
    }

    /// <summary>An archive has no receive time: it is the event time.</summary>
    private static ImportRow TradeOf(in ArchiveRow row, bool withMessages) => new(RowKind.Trade, row.Line, row.FirstId, row.LastId, row.Time)
    {
        Message = !withMessages ? null : ImportMessages.Event(new MarketEvent
        {
            Kind = MarketEventKind.Trade,
            Sequence = row.Line,
            EventTime = row.Time,
            ReceiveTime = row.Time,
            FirstId = row.FirstId,
            LastId = row.LastId,
            Price = row.Price,
            Quantity = row.Quantity,
            Aggressor = row.Aggressor,
        }),
    };
}
