namespace BtcAgent.Domain.Drift;

/// <summary>Two-sample test of Kolmogorov and Smirnov.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Greatest difference of the two empirical distributions, 0…1; NaN when a sample is empty.</summary>
    /// <param name="first">Ascending.</param>
    /// <param name="second">Ascending.</param>
    public static double Statistic(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return double.NaN;
        }

        var (i, j, greatest) = (0, 0, 0.0);
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
            {
                i++;
            }

            while (j < second.Length && second[j] <= value)
            {
                j++;
            }

            greatest = Math.Max(greatest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return greatest;
    }

    /// <summary>
    /// The same of counts in bins: the difference at the edges alone, so never above that of the values and its p-value never
    /// below theirs.
    /// </summary>
    public static double Statistic(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        double firstRows = Sum(first), secondRows = Sum(second);
        if (firstRows == 0 || secondRows == 0)
        {
            return double.NaN;
        }

        var (one, two, greatest) = (0L, 0L, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            one += first[i];
            two += second[i];
            greatest = Math.Max(greatest, Math.Abs((one / firstRows) - (two / secondRows)));
        }

        return greatest;
    }

    /// <summary>
    /// Probability of a statistic at least as great for samples of one continuous distribution. Asymptotic, with the
    /// correction for small samples of Stephens 1970. NaN for NaN.
    /// </summary>
    /// <param name="statistic">As by <see cref="Statistic(ReadOnlySpan{double}, ReadOnlySpan{double})"/>.</param>
    /// <param name="first">Independent values of the first sample; fewer than its rows where neighbours are correlated.</param>
    /// <param name="second">The same of the second sample.</param>
    public static double PValue(double statistic, double first, double second)
    {
        var root = Math.Sqrt(first * second / (first + second));
        return Survival((root + 0.12 + (0.11 / root)) * statistic);
    }

    /// <summary>Kolmogorov's distribution: 2·Σ (−1)^(k−1)·exp(−2k²x²), for small x by its other series.</summary>
    public static double Survival(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        var sum = 0.0;
        if (x < 1)
        {
            for (var k = 1; k <= 9; k += 2)
            {
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            }

            return x <= 0 ? 1 : Math.Clamp(1 - (Math.Sqrt(2 * Math.PI) / x * sum), 0, 1);
        }

        for (var k = 1; k <= 6; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
