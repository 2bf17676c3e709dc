using System.Globalization;

namespace BtcAgent.Research.Bars;

/// <summary>File and line of each bar, kept where the lines do not simply follow each other.</summary>
internal sealed class BarOrigins
{
    private readonly List<(int First, string File, long Line)> _runs = [];
    private long _offset = long.MinValue;
    private string _file = "";

    /// <param name="index">Index of the bar, one after the last.</param>
    /// <param name="file">Its file.</param>
    /// <param name="line">Its line, from 1.</param>
    public void Add(int index, string file, long line)
    {
        if (line - index != _offset || !ReferenceEquals(file, _file))
        {
            (_offset, _file) = (line - index, file);
            _runs.Add((index, file, line));
        }
    }

    /// <summary>Returns <c>bars.csv, line 12</c>.</summary>
    public string this[int index]
    {
        get
        {
            var (file, line) = Find(index);
            return string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}");
        }
    }

    public (string File, long Line) Find(int index)
    {
        var (low, high) = (0, _runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].First <= index ? (middle, high) : (low, middle - 1);
        }

        var (first, file, line) = _runs[low];
        return (file, line + index - first);
    }
}
