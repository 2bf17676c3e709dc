using System.Collections.Immutable;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Selects the tests that are significant among many, so that the expected share of false ones among them is at most the given
/// rate. Source: Benjamini, Hochberg 1995; for independent or positively dependent tests.
/// </summary>
public static class FalseDiscovery
{
    /// <param name="pValues">One a test; NaN is never significant and does not count.</param>
    /// <param name="rate">Expected share of false discoveries, 0…1.</param>
    /// <returns>One answer a test, in the order of the p-values.</returns>
    public static ImmutableArray<bool> BenjaminiHochberg(IReadOnlyList<double> pValues, double rate)
    {
        double[] sorted = [.. pValues.Where(p => !double.IsNaN(p)).Order()];
        var threshold = -1.0;
        for (var i = sorted.Length; i > 0; i--)
        {
            if (sorted[i - 1] <= rate * i / sorted.Length)
            {
                threshold = sorted[i - 1];
                break;
            }
        }

        return [.. pValues.Select(p => p <= threshold)];
    }
}
