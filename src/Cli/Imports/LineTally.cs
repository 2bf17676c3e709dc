using System.Globalization;

namespace BtcAgent.Cli.Imports;

/// <summary>Counts findings of one kind and keeps the first lines.</summary>
/// <param name="what">The findings, in the plural.</param>
/// <param name="lineName"><c>line</c> or <c>row</c>.</param>
internal sealed class LineTally(string what, string lineName)
{
    private const int LinesKept = 5;

    private readonly List<long> _lines = new(LinesKept);
    private long _count;

    public void Add(long line)
    {
        _count++;
        if (_lines.Count < LinesKept)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The finding in one line; null when there is none.</summary>
    public string? Text(string detail, bool keeps) => _count == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_count} {what}{(detail.Length > 0 ? $", {detail}" : "")} ({lineName}s {string.Join(", ", _lines)}{(_count > _lines.Count ? ", …" : "")}); {(keeps ? "kept" : "left out")}");
}
