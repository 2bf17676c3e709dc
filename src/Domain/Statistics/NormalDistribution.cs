namespace BtcAgent.Domain.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private const double SqrtTwoPi = 2.5066282746310005024;

    // Beyond 37.7 standard deviations the tail is below the smallest normal double.
    private const double TailEnd = 37.7;

    /// <summary>
    /// Probability of a value at or below <paramref name="x"/>. Relative error of either tail below 1e-13. Uses the series
    /// φ(x)·(x + x³/3 + x⁵/15 + …) within 3, and the continued fraction of Mills' ratio beyond. Source: Abramowitz, Stegun
    /// 1964, 26.2.11 and 26.2.14.
    /// </summary>
    public static double Cdf(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        var distance = Math.Abs(x);
        if (distance > TailEnd)
        {
            return x < 0 ? 0 : 1;
        }

        var density = Density(distance);
        if (distance > 3)
        {
            var fraction = 0.0;
            for (var k = 200; k > 0; k--)
            {
                fraction = k / (distance + fraction);
            }

            var tail = density / (distance + fraction);
            return x < 0 ? tail : 1 - tail;
        }

        var (term, sum) = (distance, distance);
        for (var k = 3; term > sum * 1e-17; k += 2)
        {
            term *= distance * distance / k;
            sum += term;
        }

        return x < 0 ? 0.5 - (density * sum) : 0.5 + (density * sum);
    }

    /// <summary>
    /// The value at or below which the probability lies; ±∞ at 0 and 1, NaN outside. Uses Acklam's rational approximation
    /// (2003, relative error 1.15e-9) and two Newton–Halley steps on <see cref="Cdf"/>: error below 1e-12 for 1e-300 ≤ p ≤
    /// 1 − 1e-9.
    /// </summary>
    public static double Quantile(double p)
    {
        if (p is 0 or 1)
        {
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (!(p > 0 && p < 1))
        {
            return double.NaN;
        }

        var x = p <= 0.5 ? Acklam(p) : -Acklam(1 - p);
        for (var step = 0; step < 2; step++)
        {
            var error = (Cdf(x) - p) / Density(x);
            x -= error / (1 + (x * error / 2));
        }

        return x;
    }

    /// <summary>Density at <paramref name="x"/>.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / SqrtTwoPi;

    /// <summary>For p up to one half.</summary>
    private static double Acklam(double p)
    {
        if (p < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(p));
            return Polynomial(q, -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
                    4.374664141464968, 2.938163982698783)
                / Polynomial(q, 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1);
        }

        var r = p - 0.5;
        return r * Polynomial(r * r, -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
                1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239)
            / Polynomial(r * r, -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                6.680131188771972e+01, -1.328068155288572e+01, 1);
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }
}
