using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>A Parquet file of trades, quotes or bars.</summary>
internal sealed class ParquetImportFile(
    string path, IReadOnlyDictionary<string, string> columns, BarPolicy policy, InstrumentId instrument, CancellationToken cancellationToken) : IImportFile
{
    private readonly ParquetFile _file = ParquetFile.Open(path, columns);
    private BarRowsOfFile? _bars;

    public string Path => path;

    public ImportFormat Format => ImportFormat.Parquet;

    public FactTopic Topic => _file.Kind == RowKind.Bar ? FactTopic.Bars : FactTopic.MarketData;

    public string SourcePrefix => ImportSources.Parquet;

    public IReadOnlyCollection<string> OtherSources => [ImportSources.AggTrades];

    public string Options => $"{string.Join(',', columns.OrderBy(column => column.Key, StringComparer.Ordinal))};{policy}";

    public bool HasManyIntervals => _file.HasIntervals;

    public string LineName => "row";

    public IEnumerable<ImportRow> Read(bool withMessages, Action<string> remark)
    {
        if (_file.Kind != RowKind.Bar || _file.HasIntervals)
        {
            return _file.Read(instrument, withMessages, remark);
        }

        _bars ??= ReadBars(remark);
        return _bars.Rows(withMessages);
    }

    private BarRowsOfFile ReadBars(Action<string> remark)
    {
        List<Bar> bars = [];
        List<long> rows = [];
        foreach (var (row, bar) in _file.ReadBars(instrument, remark))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bars.Add(bar);
            rows.Add(row);
        }

        var gridded = new BarRowsOfFile(path, bars, i => rows[i], policy, firstLength: null, instrument);
        foreach (var text in gridded.Remarks)
        {
            remark(text);
        }

        return gridded;
    }
}
