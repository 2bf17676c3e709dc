namespace BtcAgent.Research.Validation;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private const double Newton = 1e-14;

    /// <summary>Chance of a value at or below x; absolute error below 1e-14.</summary>
    /// <remarks>Source: Marsaglia 2004: the Taylor series about 0, and the continued fraction beyond ±5.</remarks>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (Math.Abs(x) > 5)
        {
            var tail = Tail(Math.Abs(x));
            return x > 0 ? 1 - tail : tail;
        }

        double sum = x, term = x, previous = double.NaN;
        for (var i = 3; sum != previous; i += 2)
        {
            previous = sum;
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    /// <summary>The value that a share p lies below; infinite at 0 and 1, NaN outside.</summary>
    /// <remarks>Source: Abramowitz, Stegun 26.2.23 as the start, then Halley's steps on <see cref="Cumulative"/>.</remarks>
    public static double Quantile(double p)
    {
        if (p is not (> 0 and < 1))
        {
            return p switch { 0 => double.NegativeInfinity, 1 => double.PositiveInfinity, _ => double.NaN };
        }

        var t = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        var start = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        var x = p < 0.5 ? -start : start;
        for (var i = 0; i < 8; i++)
        {
            var error = (Cumulative(x) - p) / Density(x);
            var step = error / (1 + (x * error / 2));
            x -= step;
            if (Math.Abs(step) < Newton)
            {
                break;
            }
        }

        return x;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Chance beyond x, for x above 5.</summary>
    private static double Tail(double x)
    {
        const int Depth = 60;
        var fraction = x;
        for (var i = Depth; i >= 1; i--)
        {
            fraction = x + (i / fraction);
        }

        return Density(x) / fraction;
    }
}
