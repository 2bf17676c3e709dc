using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Bars of one interval, in order; intervals without trades may be absent.</summary>
/// <param name="Bars">Rising open times.</param>
/// <param name="Interval">Of each bar.</param>
/// <param name="Missing">Intervals between the first and the last bar that have none.</param>
/// <param name="VolumesRounded">Volumes with more than eight decimals, rounded down to eight.</param>
public sealed record BarSeries(Bar[] Bars, TimeSpan Interval, long Missing, long VolumesRounded)
{
    /// <summary>The first bars only.</summary>
    public BarSeries Take(int limit) => limit >= Bars.Length ? this : this with { Bars = Bars[..limit] };
}
