using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>Converts a direction to a signed base quantity.</summary>
public static class PositionSizer
{
    /// <summary>Seconds in 365.25 days: the market never closes.</summary>
    public const double SecondsPerYear = 31_557_600;

    /// <param name="direction">Direction that the signal wants.</param>
    /// <param name="equity">In quote asset; the target is zero when it is zero or less.</param>
    /// <param name="mid">Mid price, above zero.</param>
    /// <param name="volatilityPerSqrtSecond">Standard deviation of returns over one second; NaN when unknown.</param>
    /// <param name="options">Method and fractions.</param>
    /// <param name="confidence">Confidence of the signal, 0…1. Kelly's win probability is 0.5 plus half of it.</param>
    /// <returns>Signed base quantity, not rounded; null when the method needs a volatility that is unknown.</returns>
    public static decimal? Target(
        SignalDirection direction, decimal equity, decimal mid, double volatilityPerSqrtSecond, SizingOptions options, double confidence = 1)
    {
        if (direction == SignalDirection.Flat || equity <= 0)
        {
            return 0;
        }

        return Weight(volatilityPerSqrtSecond, options, confidence) is { } weight
            ? (int)direction * Math.Min(weight, options.MaxFraction) * equity / mid
            : null;
    }

    /// <summary>Whether the difference is outside the dead band.</summary>
    public static bool IsWorthTrading(decimal target, decimal current, SizingOptions options) =>
        Math.Abs(target - current) > options.MinRebalanceFraction * Math.Abs(target);

    private static decimal? Weight(double volatilityPerSqrtSecond, SizingOptions options, double confidence)
    {
        if (options.Method == SizingMethod.FractionalKelly)
        {
            return Kelly(confidence, options);
        }

        if (options.Method == SizingMethod.CvarBudget)
        {
            return Cvar(volatilityPerSqrtSecond, options);
        }

        if (options.Method == SizingMethod.FixedFraction)
        {
            return options.Fraction;
        }

        var annual = volatilityPerSqrtSecond * Math.Sqrt(SecondsPerYear);
        if (!double.IsFinite(annual) || annual < 0)
        {
            return null;
        }

        // Compares and bounds before dividing: a decimal can hold neither the quotient of a still market nor the divisor of
        // a wild one.
        return annual * (double)options.MaxFraction <= (double)options.TargetVolatility
            ? options.MaxFraction
            : options.TargetVolatility / (decimal)Math.Min(annual, 1e9);
    }

    /// <summary>f = p − (1 − p) ÷ b (Kelly 1956), at least zero: without an edge the position is zero.</summary>
    private static decimal Kelly(double confidence, SizingOptions options)
    {
        var win = 0.5m + ((decimal)Math.Clamp(double.IsNaN(confidence) ? 0 : confidence, 0, 1) / 2);
        var full = win - ((1 - win) / options.PayoffRatio);
        return Math.Max(0, full) * options.KellyFraction;
    }

    /// <summary>
    /// Budget ÷ expected shortfall of one unit: σ √h φ(z) ÷ α, where z is the normal quantile of α, times the tail
    /// multiplier (Acerbi and Tasche 2002).
    /// </summary>
    private static decimal? Cvar(double volatilityPerSqrtSecond, SizingOptions options)
    {
        if (!double.IsFinite(volatilityPerSqrtSecond) || volatilityPerSqrtSecond < 0)
        {
            return null;
        }

        var z = NormalQuantile(options.CvarTail);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        var shortfall = volatilityPerSqrtSecond * Math.Sqrt(options.CvarHorizonSeconds) * density / options.CvarTail * options.CvarTailMultiplier;
        return shortfall * (double)options.MaxFraction <= (double)options.CvarBudget
            ? options.MaxFraction
            : (decimal)((double)options.CvarBudget / shortfall);
    }

    /// <summary>Bisects the series of the error function: exact to 1e-9, and needed once per decision.</summary>
    private static double NormalQuantile(double probability)
    {
        double low = -10, high = 10;
        for (var i = 0; i < 60; i++)
        {
            var mid = (low + high) / 2;
            if (NormalCdf(mid) < probability)
            {
                low = mid;
            }
            else
            {
                high = mid;
            }
        }

        return (low + high) / 2;
    }

    /// <summary>Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/15 + …) (Marsaglia 2004).</summary>
    private static double NormalCdf(double x)
    {
        if (Math.Abs(x) > 8)
        {
            return x > 0 ? 1 : 0;
        }

        double sum = x, term = x;
        for (var i = 3; Math.Abs(term) > 1e-17; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
