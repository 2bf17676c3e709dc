using System.Collections.Immutable;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Bars in order; intervals without trades may be absent.</summary>
/// <param name="Bars">Bars with ascending open times; none ends after the next one begins.</param>
/// <param name="Interval">Interval of the bars. A single bar is shorter or longer where the source's is: see <see cref="BarPolicy"/>.</param>
/// <param name="Missing">Number of intervals without a bar between the first and the last.</param>
/// <param name="VolumesRounded">Number of volumes with more than eight decimals, rounded down to eight.</param>
public sealed record BarSeries(Bar[] Bars, TimeSpan Interval, long Missing, long VolumesRounded)
{
    /// <summary>Everything assumed, skipped or repaired, a sentence each; empty for a clean file.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Returns the first bars only.</summary>
    public BarSeries Take(int limit) => limit >= Bars.Length ? this : this with { Bars = Bars[..limit] };
}
