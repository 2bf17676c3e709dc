using BtcAgent.Research.Backtests;

namespace BtcAgent.Research.Metrics;

/// <summary>
/// Computes returns from one period's last equity to the next; a period without a point has the return 0.
/// </summary>
internal static class PeriodReturns
{
    /// <param name="initial">Equity before the first point.</param>
    /// <param name="curve">Points in order.</param>
    /// <param name="period">Period of the returns.</param>
    public static double[] Of(double initial, ReadOnlySpan<CurvePoint> curve, ReturnPeriod period)
    {
        if (curve.Length < 2)
        {
            return [];
        }

        var length = period.Length.Ticks * 100;
        var returns = new List<double>();
        var (before, last) = (initial, curve[0].Equity);
        var current = curve[0].EventTime.UnixNanoseconds / length;
        foreach (ref readonly var point in curve)
        {
            var at = point.EventTime.UnixNanoseconds / length;
            for (; current < at; current++)
            {
                returns.Add(before > 0 ? (last / before) - 1 : 0);
                before = last;
            }

            last = point.Equity;
        }

        returns.Add(before > 0 ? (last / before) - 1 : 0);
        return [.. returns];
    }
}
