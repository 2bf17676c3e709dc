namespace BtcAgent.Domain.Statistics;

/// <summary>
/// Variance of the mean of a series whose neighbours are correlated, times the number of values: the plain sample variance
/// where they are not. Values per unit of time, in order. NaN below two values.
/// </summary>
public static class LongRunVariance
{
    /// <summary>Lags for a series of this length: ⌊4·(n/100)^(2/9)⌋, 3 for 30 days and 5 for a year. Source: Newey, West 1994.</summary>
    public static int LagOf(int count) => count < 2 ? 0 : Math.Min(count - 1, (int)(4 * Math.Pow(count / 100.0, 2.0 / 9)));

    /// <summary>
    /// Autocovariances weighted by 1 − k/(lag + 1), times n/(n − 1). Never negative. Source: Newey, West 1987.
    /// </summary>
    /// <param name="values">The series.</param>
    /// <param name="lag">Highest lag, 0 to n − 1.</param>
    public static double NeweyWest(ReadOnlySpan<double> values, int lag)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lag, values.Length);
        var mean = Mean(values);
        var sum = 0.0;
        for (var k = 0; k <= lag; k++)
        {
            var covariance = 0.0;
            for (var i = k; i < values.Length; i++)
            {
                covariance += (values[i] - mean) * (values[i - k] - mean);
            }

            sum += k == 0 ? covariance : 2 * (1 - (k / (lag + 1.0))) * covariance;
        }

        return Math.Max(0, sum / (values.Length - 1));
    }

    internal static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
