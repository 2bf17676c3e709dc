using BtcAgent.Research.Bars.Files;

namespace BtcAgent.Research.Bars;

/// <summary>
/// Reads bars from CSV, plain, <c>.gz</c>, <c>.xz</c> or <c>.zip</c>: time, open, high, low, close and volume in any order and
/// the spellings of common archives. Prices are exact; one with more than eight decimals is refused. Everything assumed or
/// repaired is in <see cref="BarSeries.Remarks"/>. docs/files.md lists the layouts.
/// </summary>
public static class BarFile
{
    /// <param name="paths">Files.</param>
    /// <param name="limit">Maximum number of bars, the earliest ones; null reads all.</param>
    /// <param name="policy">The treatment of rows that are not regular bars; null for the defaults.</param>
    /// <param name="cancellationToken">Checked every megabyte.</param>
    /// <exception cref="BarFileException">A file is absent, damaged or not CSV, or a row is refused.</exception>
    public static BarSeries Read(
        IReadOnlyList<string> paths, int? limit = null, BarPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        policy ??= new BarPolicy();
        var buffer = new BarBuffer();
        var remarks = new List<string>();
        long rounded = 0;
        TimeSpan? firstLength = null;
        foreach (var path in paths)
        {
            rounded += Read(path, buffer, limit ?? int.MaxValue, policy, remarks, ref firstLength, cancellationToken);
        }

        RequireBars(buffer, paths, remarks);
        AddRounded(rounded, remarks);

        var bars = BarOrder.Restore(buffer.ToArray(TimeSpan.Zero), buffer.Origins, policy.Repeats, remarks.Add, out var places);
        bars = limit < bars.Length ? bars[..limit.Value] : bars;
        var series = new BarGrid(policy, i => buffer.Origins.Find(places is null ? i : places[i]), remarks.Add).Apply(bars, rounded, firstLength);
        return series with { Remarks = [.. remarks] };
    }

    /// <summary>Reads the rows of one file as they are: in its order, with repeats.</summary>
    /// <param name="path">The file.</param>
    /// <param name="policy">Times, and rows that are not bars.</param>
    /// <param name="cancellationToken">Checked every megabyte.</param>
    /// <exception cref="BarFileException">The file is absent, damaged or not CSV, or a row is refused.</exception>
    public static BarFileRows ReadRows(string path, BarPolicy policy, CancellationToken cancellationToken)
    {
        var buffer = new BarBuffer();
        var remarks = new List<string>();
        TimeSpan? firstLength = null;
        var rounded = Read(path, buffer, int.MaxValue, policy, remarks, ref firstLength, cancellationToken);
        RequireBars(buffer, [path], remarks);
        AddRounded(rounded, remarks);
        return new BarFileRows(buffer.ToArray(TimeSpan.Zero), buffer.Origins, firstLength, [.. remarks]);
    }

    /// <summary>Returns why a file does not begin with bars; null when it does.</summary>
    public static string? WhyNotBars(string path, BarPolicy policy)
    {
        try
        {
            _ = Read([path], limit: 1, policy);
            return null;
        }
        catch (BarFileException e)
        {
            return e.Message;
        }
    }

    internal static BarFileException Damaged(string name, Exception problem) =>
        new($"{name}: the file is damaged or not of the format that its name says: {problem.Message}");

    private static void RequireBars(BarBuffer buffer, IReadOnlyList<string> paths, List<string> remarks)
    {
        if (buffer.Count == 0)
        {
            throw new BarFileException(
                $"{string.Join(", ", paths)}: no bars; a header line and at least one row are needed{(remarks.Count > 0 ? $". {string.Join(". ", remarks)}" : "")}");
        }
    }

    private static void AddRounded(long rounded, List<string> remarks)
    {
        if (rounded > 0)
        {
            remarks.Add(FormattableString.Invariant($"{rounded} volumes have more than 8 decimals; rounded down to 8"));
        }
    }

    private static long Read(
        string path, BarBuffer bars, int limit, BarPolicy policy, List<string> remarks, ref TimeSpan? firstLength, CancellationToken cancellationToken)
    {
        long rounded = 0;
        try
        {
            foreach (var source in BarSource.Open(path, remarks.Add))
            {
                if (bars.Count < limit && new BarText(source, bars, policy, limit).Read(cancellationToken) is { } rows)
                {
                    rounded += rows.VolumesRounded;
                    firstLength ??= rows.FirstLength;
                    remarks.AddRange(rows.Remarks());
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or SharpCompress.Common.SharpCompressException)
        {
            throw Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BarFileException($"bars cannot be read: {e.Message}");
        }

        return rounded;
    }
}
