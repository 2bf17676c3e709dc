using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Imports;

/// <summary>A text file of bars in any layout that a backtest reads.</summary>
internal sealed class BarImportFile(string path, BarPolicy policy, InstrumentId instrument, CancellationToken cancellationToken) : IImportFile
{
    private BarRowsOfFile? _rows;

    public string Path => path;

    public ImportFormat Format => ImportFormat.Bars;

    public FactTopic Topic => FactTopic.Bars;

    public string SourcePrefix => ImportSources.Bars;

    public IReadOnlyCollection<string> OtherSources => [];

    public string Options => policy.ToString();

    public bool HasManyIntervals => false;

    public string LineName => "line";

    public IEnumerable<ImportRow> Read(bool withMessages, Action<string> remark)
    {
        if (_rows is null)
        {
            var file = BarFile.ReadRows(path, policy, cancellationToken);
            foreach (var text in file.Remarks)
            {
                remark(text);
            }

            _rows = new BarRowsOfFile(path, file.Bars, file.LineOf, policy, file.FirstLength, instrument);
            foreach (var text in _rows.Remarks)
            {
                remark(text);
            }
        }

        return _rows.Rows(withMessages);
    }
}
