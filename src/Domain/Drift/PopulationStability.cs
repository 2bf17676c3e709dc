namespace BtcAgent.Domain.Drift;

/// <summary>
/// Population stability index of counts against a reference: Σ (a − e)·ln(a/e) over bins, missing values as one bin. Without
/// drift its mean is about (bins − 1)·(1/n + 1/m). Source: Yurdakul 2018.
/// </summary>
public static class PopulationStability
{
    /// <summary>Customary threshold of a large change.</summary>
    public const double AlarmAt = 0.2;

    /// <summary>Customary threshold of a change.</summary>
    public const double WarnAt = 0.1;

    /// <summary>Half a row is added to each bin, so that an empty one has a logarithm.</summary>
    private const double Smoothing = 0.5;

    /// <param name="reference">The reference.</param>
    /// <param name="counts">Rows of each of its bins.</param>
    /// <param name="missing">Rows without a value.</param>
    /// <returns>0 or more; NaN without rows.</returns>
    public static double Of(FeatureBins reference, ReadOnlySpan<long> counts, long missing)
    {
        long rows = missing;
        foreach (var count in counts)
        {
            rows += count;
        }

        if (rows == 0)
        {
            return double.NaN;
        }

        // Without a missing value on either side there is no bin for them.
        var hasMissing = missing + reference.Missing > 0;
        var bins = counts.Length + (hasMissing ? 1 : 0);
        var (expectedRows, actualRows) = (reference.Rows + (Smoothing * bins), rows + (Smoothing * bins));
        var sum = hasMissing ? Term(reference.Missing, missing, expectedRows, actualRows) : 0;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += Term(reference.Counts[i], counts[i], expectedRows, actualRows);
        }

        return sum;
    }

    private static double Term(long expected, long actual, double expectedRows, double actualRows)
    {
        var (e, a) = ((expected + Smoothing) / expectedRows, (actual + Smoothing) / actualRows);
        return (a - e) * Math.Log(a / e);
    }
}
