using System.Globalization;

namespace BtcAgent.Research.Bars;

/// <summary>Counts rows of one kind and keeps the first lines, so that a report has one line however many rows there are.</summary>
internal sealed class RowTally
{
    private const int LinesKept = 5;

    private readonly List<long> _lines = new(LinesKept);

    public long Count { get; private set; }

    /// <summary>Why the first row was counted.</summary>
    public string FirstReason { get; private set; } = "";

    public void Add(long line, string reason = "")
    {
        if (Count++ == 0)
        {
            FirstReason = reason;
        }

        if (_lines.Count < LinesKept)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The first lines, such as <c>lines 5, 9, …</c>.</summary>
    public string Lines => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Count == 1 ? "line" : "lines")} {string.Join(", ", _lines)}{(Count > _lines.Count ? ", …" : "")}");
}
