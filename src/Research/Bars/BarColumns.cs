using System.Text;

namespace BtcAgent.Research.Bars;

/// <summary>Indices of the columns of a bar file, found by the names in its header.</summary>
/// <param name="Time">Index of the time column.</param>
/// <param name="Open">Index of the opening price.</param>
/// <param name="High">Index of the highest price.</param>
/// <param name="Low">Index of the lowest price.</param>
/// <param name="Close">Index of the closing price.</param>
/// <param name="Volume">Index of the base volume.</param>
internal sealed record BarColumns(int Time, int Open, int High, int Low, int Close, int Volume)
{
    private const string TimeNames = "timestamp, time, open_time or date";

    private static readonly string[] UnitSuffixes = ["_ms", "_us", "_ns", "_s", "_utc"];

    public int Last => Math.Max(Math.Max(Math.Max(Time, Open), Math.Max(High, Low)), Math.Max(Close, Volume));

    /// <param name="header">The first line.</param>
    /// <param name="path">Path for the message.</param>
    /// <exception cref="BarFileException">A column is missing; the message lists those found.</exception>
    public static BarColumns Parse(ReadOnlySpan<byte> header, string path)
    {
        var text = Encoding.UTF8.GetString(header).TrimStart('\uFEFF').TrimEnd('\r');
        var names = text.Split(',').Select(n => n.Trim().Trim('"').ToLowerInvariant()).ToArray();
        return new BarColumns(
            Find(TimeNames, n => IsTime(n)),
            Find("open", n => n == "open"),
            Find("high", n => n == "high"),
            Find("low", n => n == "low"),
            Find("close", n => n == "close"),
            Find("volume", n => n == "volume"));

        int Find(string wanted, Predicate<string> matches) =>
            Array.FindIndex(names, matches) is >= 0 and var index
                ? index
                : throw new BarFileException(
                    $"{path}, line 1: no column '{wanted}' in the header; found: {string.Join(", ", names)}");
    }

    private static bool IsTime(string name)
    {
        foreach (var suffix in UnitSuffixes)
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        return name is "timestamp" or "time" or "open_time" or "opentime" or "date" or "datetime" or "t";
    }
}
