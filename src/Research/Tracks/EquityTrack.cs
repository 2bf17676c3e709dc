using System.Collections.Immutable;

namespace BtcAgent.Research.Tracks;

/// <summary>
/// The source of a run's figures: every point of its equity, reduced to returns per period as it arrived. Initial
/// holdings keep their first price, since a strategy is not responsible for their rise and fall.
/// </summary>
public sealed record EquityTrack
{
    /// <summary>Time of the first point; unknown when there is none.</summary>
    public required Timestamp From { get; init; }

    /// <summary>Time of the last point.</summary>
    public required Timestamp To { get; init; }

    /// <summary>Number of points: bars or samples.</summary>
    public required long Points { get; init; }

    /// <summary>Number of points with a position.</summary>
    public required long Exposed { get; init; }

    /// <summary>Equity before the first point, in quote asset.</summary>
    public required double Initial { get; init; }

    /// <summary>Equity at the last point, in quote asset.</summary>
    public required double Final { get; init; }

    /// <summary>Mean equity of all points, in quote asset; NaN when there is none.</summary>
    public required double Mean { get; init; }

    /// <summary>First price; NaN when there is none.</summary>
    public required double FirstPrice { get; init; }

    /// <summary>Last price; NaN when there is none.</summary>
    public required double LastPrice { get; init; }

    public required ReturnPeriod Period { get; init; }

    /// <summary>
    /// Simple returns from one period's last equity to the next; 0 for a period without a point. A point at the end of a period
    /// belongs to it: a bar that closes at midnight counts for the day that it covers. Empty for fewer than two points.
    /// </summary>
    public required ImmutableArray<double> Returns { get; init; }

    public required Drawdown MaxDrawdown { get; init; }

    /// <summary>The returns in longer periods: those of one longer period are compounded.</summary>
    /// <param name="period">A whole multiple of <see cref="Period"/>.</param>
    public ImmutableArray<double> ReturnsIn(ReturnPeriod period)
    {
        var factor = period.Length.Ticks / Period.Length.Ticks;
        if (factor * Period.Length.Ticks != period.Length.Ticks)
        {
            throw new ArgumentException($"returns per {Period.Name} cannot be given per {period.Name}", nameof(period));
        }

        if (factor == 1 || Returns.IsEmpty)
        {
            return Returns;
        }

        var first = EquityRecorder.PeriodOf(From, Period);
        var longer = ImmutableArray.CreateBuilder<double>();
        var growth = 1.0;
        for (var i = 0; i < Returns.Length; i++)
        {
            growth *= 1 + Returns[i];
            if (i == Returns.Length - 1 || (first + i + 1) % factor == 0)
            {
                longer.Add(growth - 1);
                growth = 1;
            }
        }

        return longer.DrainToImmutable();
    }
}
