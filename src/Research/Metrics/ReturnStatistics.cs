using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Metrics;

/// <summary>
/// Statistics of a series of simple returns per period. Standard deviations have ddof 1; undefined figures are NaN.
/// <c>docs/metrics.md</c> has the definitions and their sources.
/// </summary>
public static class ReturnStatistics
{
    public static double Mean(ReadOnlySpan<double> returns)
    {
        var sum = 0.0;
        foreach (var r in returns)
        {
            sum += r;
        }

        return returns.IsEmpty ? double.NaN : sum / returns.Length;
    }

    public static double StandardDeviation(ReadOnlySpan<double> returns) =>
        returns.Length < 2 ? double.NaN : Math.Sqrt(CentralMoment(returns, 2) * returns.Length / (returns.Length - 1));

    /// <summary>False for returns that differ by rounding alone, so that every ratio by their spread is undefined.</summary>
    public static bool IsDispersed(ReadOnlySpan<double> returns) => Resolution.IsAbove(StandardDeviation(returns), Mean(returns));

    /// <summary>Third standardised moment; 0 for a symmetric series.</summary>
    public static double Skewness(ReadOnlySpan<double> returns) =>
        CentralMoment(returns, 3) / Math.Pow(CentralMoment(returns, 2), 1.5);

    /// <summary>Fourth standardised moment; 3 for a normal distribution.</summary>
    public static double Kurtosis(ReadOnlySpan<double> returns) =>
        CentralMoment(returns, 4) / Math.Pow(CentralMoment(returns, 2), 2);

    /// <summary>Compounded return per year, as a fraction.</summary>
    public static double AnnualReturn(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        var growth = 1.0;
        foreach (var r in returns)
        {
            growth *= 1 + r;
        }

        return returns.IsEmpty ? double.NaN : growth <= 0 ? -1 : Math.Pow(growth, periodsPerYear / returns.Length) - 1;
    }

    public static double AnnualVolatility(ReadOnlySpan<double> returns, double periodsPerYear) =>
        StandardDeviation(returns) * Math.Sqrt(periodsPerYear);

    /// <param name="returns">Returns per period.</param>
    /// <param name="periodsPerYear">1 leaves the ratio per period.</param>
    /// <param name="riskFree">Risk-free return per period.</param>
    public static double Sharpe(ReadOnlySpan<double> returns, double periodsPerYear, double riskFree = 0)
    {
        var deviation = StandardDeviation(returns);
        var mean = Mean(returns);
        return Resolution.IsAbove(deviation, mean) ? (mean - riskFree) / deviation * Math.Sqrt(periodsPerYear) : double.NaN;
    }

    /// <summary>Root mean square of the shortfall below the target, annualised.</summary>
    public static double DownsideRisk(ReadOnlySpan<double> returns, double periodsPerYear, double target = 0)
    {
        var sum = 0.0;
        foreach (var r in returns)
        {
            sum += Math.Pow(Math.Min(r - target, 0), 2);
        }

        return returns.IsEmpty ? double.NaN : Math.Sqrt(sum / returns.Length * periodsPerYear);
    }

    public static double Sortino(ReadOnlySpan<double> returns, double periodsPerYear, double target = 0) =>
        returns.Length < 2 ? double.NaN
        : (Mean(returns) - target) * periodsPerYear / Known(DownsideRisk(returns, periodsPerYear, target), periodsPerYear);

    /// <summary>Greatest fall from a peak of compounded wealth, 0 or below.</summary>
    public static double MaxDrawdown(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty)
        {
            return double.NaN;
        }

        var (wealth, peak, worst) = (1.0, 1.0, 0.0);
        foreach (var r in returns)
        {
            wealth *= 1 + r;
            peak = Math.Max(peak, wealth);
            worst = Math.Min(worst, (wealth / peak) - 1);
        }

        return worst;
    }

    /// <summary>The return that a fraction of periods falls below, by linear interpolation of order statistics.</summary>
    /// <param name="returns">Returns per period.</param>
    /// <param name="confidence">Confidence, such as 0.95.</param>
    public static double ValueAtRisk(ReadOnlySpan<double> returns, double confidence)
    {
        if (returns.IsEmpty)
        {
            return double.NaN;
        }

        var sorted = returns.ToArray();
        Array.Sort(sorted);
        var at = (1 - confidence) * (sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    /// <summary>Mean of the returns at or below <see cref="ValueAtRisk"/>.</summary>
    public static double ConditionalValueAtRisk(ReadOnlySpan<double> returns, double confidence)
    {
        var threshold = ValueAtRisk(returns, confidence);
        var (sum, count) = (0.0, 0);
        foreach (var r in returns)
        {
            if (r <= threshold)
            {
                sum += r;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>A risk that is rounding counts as none, so that its ratio is infinite and not a number of noise.</summary>
    private static double Known(double risk, double periodsPerYear) =>
        risk <= Resolution.Return * Math.Sqrt(periodsPerYear) ? 0 : risk;

    private static double CentralMoment(ReadOnlySpan<double> returns, int order)
    {
        var mean = Mean(returns);
        var sum = 0.0;
        foreach (var r in returns)
        {
            sum += Math.Pow(r - mean, order);
        }

        return sum / returns.Length;
    }
}
