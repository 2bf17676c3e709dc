using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Bars of one interval, in order; intervals without trades may be absent.</summary>
/// <param name="Bars">Bars with ascending open times.</param>
/// <param name="Interval">Interval of each bar.</param>
/// <param name="Missing">Number of intervals without a bar between the first and the last.</param>
/// <param name="VolumesRounded">Number of volumes with more than eight decimals, rounded down to eight.</param>
public sealed record BarSeries(Bar[] Bars, TimeSpan Interval, long Missing, long VolumesRounded)
{
    /// <summary>Returns the first bars only.</summary>
    public BarSeries Take(int limit) => limit >= Bars.Length ? this : this with { Bars = Bars[..limit] };
}
