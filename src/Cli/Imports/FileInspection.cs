using BtcAgent.History.Imports;

namespace BtcAgent.Cli.Imports;

/// <summary>Judges the rows of one file in order, each kind for itself.</summary>
internal sealed class FileInspection(IImportFile file, ImportPolicy policy)
{
    private readonly SortedDictionary<(RowKind Kind, TimeSpan Interval), RowInspection> _kinds = [];

    /// <summary>True when the row is to be stored.</summary>
    /// <exception cref="Research.Bars.BarFileException">The policy refuses it.</exception>
    public bool Accepts(in ImportRow row)
    {
        var kind = (row.Kind, file.HasManyIntervals ? row.Interval : TimeSpan.Zero);
        if (!_kinds.TryGetValue(kind, out var inspection))
        {
            _kinds.Add(kind, inspection = new RowInspection(file.Path, file.LineName, row.Kind, policy));
        }

        return inspection.Accepts(row);
    }

    /// <summary>A line for each kind of finding.</summary>
    public IReadOnlyList<string> Findings() => [.. _kinds.Values.SelectMany(inspection => inspection.Findings())];
}
