using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>From a direction to a signed base quantity. Pure.</summary>
public static class PositionSizer
{
    /// <summary>Seconds in 365.25 days: the market never closes.</summary>
    public const double SecondsPerYear = 31_557_600;

    /// <param name="direction">Where the signal wants to stand.</param>
    /// <param name="equity">In quote asset; nothing is held on zero or less.</param>
    /// <param name="mid">Mid price, above zero.</param>
    /// <param name="volatilityPerSqrtSecond">Standard deviation of returns over one second; NaN when unknown.</param>
    /// <param name="options">Method and fractions.</param>
    /// <returns>Signed base quantity, not rounded; null when the volatility is needed and unknown.</returns>
    public static decimal? Target(
        SignalDirection direction, decimal equity, decimal mid, double volatilityPerSqrtSecond, SizingOptions options)
    {
        if (direction == SignalDirection.Flat || equity <= 0)
        {
            return 0;
        }

        return Weight(volatilityPerSqrtSecond, options) is { } weight
            ? (int)direction * Math.Min(weight, options.MaxFraction) * equity / mid
            : null;
    }

    /// <summary>True when the difference is worth an order.</summary>
    public static bool IsWorthTrading(decimal target, decimal current, SizingOptions options) =>
        Math.Abs(target - current) > options.MinRebalanceFraction * Math.Abs(target);

    private static decimal? Weight(double volatilityPerSqrtSecond, SizingOptions options)
    {
        if (options.Method == SizingMethod.FixedFraction)
        {
            return options.Fraction;
        }

        var annual = volatilityPerSqrtSecond * Math.Sqrt(SecondsPerYear);
        if (!double.IsFinite(annual) || annual < 0)
        {
            return null;
        }

        // Compared and bounded before dividing: a decimal holds neither a still market's quotient nor a wild one's
        // divisor.
        return annual * (double)options.MaxFraction <= (double)options.TargetVolatility
            ? options.MaxFraction
            : options.TargetVolatility / (decimal)Math.Min(annual, 1e9);
    }
}
