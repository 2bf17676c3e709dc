namespace BtcAgent.Research.Metrics;

/// <summary>The deepest fall of an equity curve.</summary>
/// <param name="Depth">0…−1 as a fraction of the peak; 0 when equity never fell.</param>
/// <param name="Peak">Time of the peak.</param>
/// <param name="Trough">Time of the lowest point after it.</param>
/// <param name="Recovered">Time at which the peak was reached again; null if it was not.</param>
/// <param name="Longest">Longest time below a former peak, recovered or not.</param>
public sealed record Drawdown(double Depth, Timestamp Peak, Timestamp Trough, Timestamp? Recovered, TimeSpan Longest)
{
    /// <param name="initial">Equity before the first point: the first peak.</param>
    /// <param name="curve">Points in order.</param>
    public static Drawdown Of(double initial, ReadOnlySpan<Backtests.CurvePoint> curve)
    {
        if (curve.IsEmpty)
        {
            return new Drawdown(0, default, default, null, TimeSpan.Zero);
        }

        var peak = curve[0] with { Equity = initial };
        var isBelow = false;
        var worst = new Drawdown(0, peak.EventTime, peak.EventTime, peak.EventTime, TimeSpan.Zero);
        var longest = TimeSpan.Zero;
        foreach (ref readonly var point in curve)
        {
            if (point.Equity >= peak.Equity)
            {
                if (worst.Recovered is null && worst.Peak == peak.EventTime)
                {
                    worst = worst with { Recovered = point.EventTime };
                }

                longest = isBelow && point.EventTime - peak.EventTime > longest ? point.EventTime - peak.EventTime : longest;
                (peak, isBelow) = (point, false);
                continue;
            }

            isBelow = true;
            var below = point.EventTime - peak.EventTime;
            longest = below > longest ? below : longest;
            var depth = (point.Equity / peak.Equity) - 1;
            if (depth < worst.Depth)
            {
                worst = new Drawdown(depth, peak.EventTime, point.EventTime, null, TimeSpan.Zero);
            }
        }

        return worst with { Longest = longest };
    }
}
