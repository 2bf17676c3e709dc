using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>
/// Puts several files of one instrument into one series in order of time, whatever the order of the files. A bar in two files
/// is taken once; where the two differ, the one of the file that begins later counts.
/// </summary>
public static class BarMerge
{
    /// <param name="files">Name and bars of each file, at least one.</param>
    /// <param name="notes">Receives a sentence per gap between files and per overlap.</param>
    /// <exception cref="BarFileException">The intervals differ, or bars of two files overlap in part.</exception>
    public static BarSeries Of(IReadOnlyList<(string Name, BarSeries Series)> files, ICollection<string> notes)
    {
        if (files.Count == 1)
        {
            return files[0].Series;
        }

        // A file of one bar does not show its interval.
        var interval = files.MaxBy(f => f.Series.Bars.Length).Series.Interval;
        if (files.FirstOrDefault(f => f.Series.Bars.Length > 1 && f.Series.Interval != interval) is { Name: not null } other)
        {
            throw new BarFileException(
                $"{other.Name} has bars of {other.Series.Interval}, the other files bars of {interval}: give files of one interval");
        }

        var sorted = files.OrderBy(f => f.Series.Bars[0].OpenTime).ThenBy(f => f.Series.Bars[^1].OpenTime).ToArray();
        var merged = OwnBars(sorted[0].Series, interval);
        for (var i = 1; i < sorted.Length; i++)
        {
            merged = Join(merged, OwnBars(sorted[i].Series, interval), interval, sorted[i - 1].Name, sorted[i].Name, notes);
        }

        var spanned = ((merged[^1].OpenTime - merged[0].OpenTime).Ticks / interval.Ticks) + 1;
        return files[0].Series with
        {
            Bars = merged,
            Interval = interval,
            Missing = Math.Max(0, spanned - merged.Length),
            VolumesRounded = files.Sum(f => f.Series.VolumesRounded),
            Remarks = [.. files.SelectMany(f => f.Series.Remarks)],
        };
    }

    /// <summary>Bars keep their intervals, such as that of a bar cut short; a file of one bar does not know its interval.</summary>
    private static Bar[] OwnBars(BarSeries series, TimeSpan interval) =>
        series.Bars.Length > 1 ? series.Bars : [series.Bars[0] with { Interval = interval }];

    private static Bar[] Join(Bar[] before, Bar[] after, TimeSpan interval, string nameBefore, string name, ICollection<string> notes)
    {
        var joined = new List<Bar>(before.Length + after.Length);
        var (i, same, differing, firstDiffering) = (0, 0, 0, Timestamp.Unknown);
        foreach (var bar in after)
        {
            for (; i < before.Length && before[i].OpenTime < bar.OpenTime; i++)
            {
                joined.Add(before[i]);
            }

            if (i < before.Length && before[i].OpenTime == bar.OpenTime)
            {
                (differing, firstDiffering) = before[i] == bar ? (differing, firstDiffering)
                    : (differing + 1, differing == 0 ? bar.OpenTime : firstDiffering);
                same++;
                i++;
            }

            joined.Add(bar);
        }

        joined.AddRange(before.AsSpan(i));
        Check(joined, nameBefore, name);
        var missing = (after[0].OpenTime - before[^1].CloseTime).Ticks / interval.Ticks;
        if (missing > 0)
        {
            notes.Add(Text($"gap of {missing} bars between {nameBefore}, to {before[^1].CloseTime}, and {name}, from {after[0].OpenTime}"));
        }

        if (same > 0)
        {
            notes.Add(differing == 0
                ? Text($"{same} bars of {name} are in the files before, too: each counts once")
                : Text($"{same} bars of {name} are in the files before, too, and {differing} differ, first at {firstDiffering}: those of {name} count"));
        }

        return [.. joined];
    }

    private static void Check(List<Bar> bars, string nameBefore, string name)
    {
        for (var i = 1; i < bars.Count; i++)
        {
            if (bars[i].OpenTime < bars[i - 1].CloseTime)
            {
                throw new BarFileException(
                    $"the bar of {bars[i].OpenTime} begins before that of {bars[i - 1].OpenTime} ends, in {nameBefore} and {name}: give one of them");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
