using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Bars with their intervals, and which of them are irregular.</summary>
/// <param name="Series">The bars, all of them.</param>
/// <param name="Irregular">Indices of bars off the grid of the interval, or cut short by the next one.</param>
public sealed record BarIntervals(BarSeries Series, IReadOnlySet<int> Irregular)
{
    /// <param name="bars">With ascending open times, at least one; their intervals are set.</param>
    /// <param name="policy">The interval, where it is given.</param>
    /// <param name="firstLength">Length of the first bar; null where it is not known.</param>
    /// <param name="file">File of the bars, for messages.</param>
    /// <exception cref="BarFileException">There is no single interval.</exception>
    public static BarIntervals Find(Bar[] bars, BarPolicy policy, TimeSpan? firstLength, string file)
    {
        var remarks = new List<string>();
        var irregular = new HashSet<int>();
        var series = new BarGrid(policy, _ => (file, 0), remarks.Add, irregular).Apply(bars, 0, firstLength);
        return new BarIntervals(series with { Remarks = [.. remarks] }, irregular);
    }

    /// <summary>True for bars of calendar months.</summary>
    public bool IsMonthly => Series.Interval == BarGrid.Month;
}
