namespace BtcAgent.Domain.Statistics;

/// <summary>Mean of an autocorrelated series and its error.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Mean, in the unit of the values; NaN for none.</param>
/// <param name="StandardError">Standard error of the mean; 0 for values that do not differ, NaN below two values.</param>
/// <param name="Z">
/// Mean ÷ standard error as a standard normal deviate of the same probability; 0 where the error is 0 or not known, which is
/// evidence of nothing.
/// </param>
[GenerateSerializer, Immutable, Alias("MeanEstimate")]
public readonly record struct MeanEstimate(
    [property: Id(0)] int Count,
    [property: Id(1)] double Mean,
    [property: Id(2)] double StandardError,
    [property: Id(3)] double Z)
{
    /// <summary>
    /// Estimates by <see cref="LongRunVariance.NeweyWest"/>, but never below the variance of independent values: negative
    /// autocorrelation is as often noise as it is real. The variance counts as one of n ÷ (lag + 1) degrees of freedom.
    /// </summary>
    public static MeanEstimate Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return new(values.Length, values.Length == 1 ? values[0] : double.NaN, double.NaN, 0);
        }

        var lag = LongRunVariance.LagOf(values.Length);
        var variance = Math.Max(LongRunVariance.NeweyWest(values, lag), LongRunVariance.NeweyWest(values, 0));
        var mean = LongRunVariance.Mean(values);
        var error = Math.Sqrt(variance / values.Length);
        var isDispersed = error > Math.Abs(mean) * 1e-9;
        return new(values.Length, mean, error, isDispersed ? NormalOfT(mean / error, values.Length / (lag + 1.0)) : 0);
    }

    /// <summary>
    /// The standard normal deviate with the tail probability of Student's t; error below 0.01 from 10 degrees of freedom up
    /// to |z| = 3.3. Source: Wallace 1959.
    /// </summary>
    /// <param name="t">Student's t.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double NormalOfT(double t, double degrees) => Math.CopySign(
        ((8 * degrees) + 1) / ((8 * degrees) + 3) * Math.Sqrt(degrees * Math.Log(1 + (t * t / degrees))), t);
}
