namespace BtcAgent.Research.Tracks;

/// <summary>
/// The smallest difference that a series of returns can show. Money has eight decimals, so an equity of 10,000 is known to one
/// part in 10^12; a <see cref="double"/> adds an error of about 10^-16. A smaller return, or a dispersion that is smaller still
/// beside the mean, is rounding, and a ratio with it as its divisor would be noise.
/// </summary>
public static class Resolution
{
    /// <summary>Smallest return that is not rounding, as a fraction of equity.</summary>
    public const double Return = 1e-12;

    /// <summary>Smallest standard deviation of returns beside the size of their mean.</summary>
    public const double OfMean = 1e-8;

    /// <summary>True if a dispersion is larger than the rounding of the values that it was computed from.</summary>
    /// <param name="deviation">Standard deviation, or another root mean square; NaN is never larger.</param>
    /// <param name="mean">Mean of the values.</param>
    public static bool IsAbove(double deviation, double mean) => deviation > Math.Max(Return, OfMean * Math.Abs(mean));

    /// <summary>The return, or 0 where it is rounding.</summary>
    public static double Round(double value) => Math.Abs(value) < Return ? 0 : value;
}
