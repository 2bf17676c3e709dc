using System.Text;

namespace BtcAgent.Cli.Output;

/// <summary>Rows of text in aligned columns, two spaces apart. Cells are made safe for a terminal.</summary>
/// <param name="headings">Headings; one that begins with <c>&gt;</c> is of a column of figures, aligned to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private const char Figures = '>';

    private readonly List<string[]> _rows = [];

    public int Rows => _rows.Count;

    public void Add(params ReadOnlySpan<string> cells)
    {
        if (cells.Length != headings.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {headings.Length} columns", nameof(cells));
        }

        var row = new string[cells.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = SafeText.Of(cells[i]);
        }

        _rows.Add(row);
    }

    /// <param name="width">Columns of the terminal, to which the last cell is cut; null for no limit.</param>
    public IEnumerable<string> Lines(int? width = null)
    {
        string[] titles = [.. headings.Select(heading => heading.TrimStart(Figures))];
        var widths = Enumerable.Range(0, headings.Length).Select(i => _rows.Select(row => row[i].Length).Append(titles[i].Length).Max()).ToArray();
        return _rows.Prepend(titles).Select(row => Cut(Line(row, widths), width));
    }

    /// <summary>Keeps every word: on a terminal, a last cell without room continues on a line of its row.</summary>
    /// <param name="width">Columns of the terminal; null for no limit.</param>
    public IEnumerable<string> Whole(int? width)
    {
        var lines = Lines().ToArray();
        if (width is not { } most || lines.All(line => line.Length <= most))
        {
            return lines;
        }

        var heads = new TextTable(headings[..^1]);
        foreach (var row in _rows)
        {
            heads.Add(row.AsSpan()[..^1]);
        }

        return heads.Lines().SelectMany((line, i) => i == 0 || _rows[i - 1][^1].Length == 0 ? [line] : new[] { line, $"    {_rows[i - 1][^1]}" });
    }

    /// <summary>Cuts a line that is too long, with an ellipsis.</summary>
    public static string Cut(string line, int? width) => width is { } most && line.Length > most ? line[..(most - 1)] + "…" : line;

    private string Line(string[] row, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < row.Length; i++)
        {
            line.Append(i == 0 ? "" : "  ").Append(headings[i].StartsWith(Figures) ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]));
        }

        return line.ToString().TrimEnd();
    }
}
