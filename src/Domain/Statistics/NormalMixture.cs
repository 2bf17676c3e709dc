namespace BtcAgent.Domain.Statistics;

/// <summary>
/// One-sided sequential test of a mean above 0 which is valid at every look, however many there are and whenever it stops.
/// Under a mean of 0 the likelihood ratio, mixed over half-normal alternatives, is a martingale that reaches 1/α with
/// probability α at most (Ville's inequality). Source: Howard, Ramdas, McAuliffe, Sekhon 2021, sections 3.2 and 3.5; with an
/// estimated variance it holds asymptotically (Waudby-Smith et al. 2024).
/// </summary>
public static class NormalMixture
{
    /// <summary>The mixture's precision that makes the boundary tightest after the given number of values.</summary>
    /// <param name="count">Values after which the test is to be sharpest, above 0.</param>
    /// <param name="alpha">Error of the one-sided test, 0…0.5.</param>
    public static double PrecisionFor(double count, double alpha)
    {
        var l = -2 * Math.Log(2 * Math.Min(alpha, 0.49));
        return count / (l + Math.Log(1 + l));
    }

    /// <summary>Logarithm of the evidence against a mean of 0 or below; the greatest one so far counts.</summary>
    /// <param name="z">Sum ÷ (standard deviation × √count).</param>
    /// <param name="count">Number of values.</param>
    /// <param name="precision">As by <see cref="PrecisionFor"/>, the same at each look.</param>
    public static double LogEvidence(double z, double count, double precision)
    {
        var variance = count + precision;
        var deviate = z * Math.Sqrt(count / variance);
        return Math.Log(2) + (0.5 * Math.Log(precision / variance)) + (deviate * deviate / 2) + Math.Log(NormalDistribution.Cdf(deviate));
    }

    /// <summary>
    /// The z at which <see cref="LogEvidence"/> reaches log(1/α), by Newton's method from the closed form for two sides.
    /// </summary>
    public static double Boundary(double count, double precision, double alpha)
    {
        var growth = Math.Log((count + precision) / precision);
        var deviate = Math.Sqrt((-2 * Math.Log(2 * Math.Min(alpha, 0.49))) + growth);
        for (var step = 0; step < 6; step++)
        {
            var below = NormalDistribution.Cdf(deviate);
            var excess = Math.Log(2 * alpha * below) + (((deviate * deviate) - growth) / 2);
            deviate -= excess / (deviate + (NormalDistribution.Density(deviate) / below));
        }

        return deviate * Math.Sqrt((count + precision) / count);
    }
}
