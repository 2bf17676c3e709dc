using System.Globalization;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Inputs;

/// <summary>The bars of one instrument.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Series">Its bars.</param>
/// <param name="Description">Where they come from, what is missing or in two files, and what was assumed or repaired.</param>
internal sealed record BarSet(InstrumentId Instrument, BarSeries Series, string Description)
{
    /// <param name="instrument">Instrument of the files.</param>
    /// <param name="paths">Files in any order, at least one.</param>
    /// <param name="range">Span of time to use; null for all.</param>
    /// <param name="limit">Most bars to use; null for all.</param>
    /// <param name="read">Reads one file.</param>
    public static BarSet Read(InstrumentId instrument, IReadOnlyList<string> paths, TimeRange? range, int? limit, Func<string, BarSeries> read)
    {
        var notes = new List<string>();
        var merged = BarMerge.Of([.. paths.Select(path => (Path.GetFileName(path), read(path)))], notes);
        var used = range?.Of(merged) ?? merged;
        used = limit is { } most ? used.Take(most) : used;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{used.Bars.Length} bars of {used.Interval} from {string.Join(", ", paths.Select(Path.GetFileName))}, {used.Missing} missing");
        return new BarSet(instrument, used, string.Join("; ", notes.Prepend(range is null ? text : $"{text}, in {range}").Concat(merged.Remarks)));
    }
}
