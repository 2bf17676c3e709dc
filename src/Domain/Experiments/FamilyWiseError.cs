using System.Collections.Immutable;

namespace BtcAgent.Domain.Experiments;

/// <summary>Keeps the probability of one or more false promotions among several challengers at α.</summary>
public static class FamilyWiseError
{
    /// <summary>Error of each test: α ÷ number of tests. Holds at any time and for any dependence of the tests.</summary>
    public static double Bonferroni(double alpha, int tests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tests, 1);
        return alpha / tests;
    }

    /// <summary>
    /// The tests that are significant together: the smallest p-value is compared with α/m, the next with α/(m − 1), until one
    /// is not significant. Rejects all that Bonferroni rejects. For p-values of one look, or always-valid ones. Source: Holm
    /// 1979.
    /// </summary>
    /// <returns>One answer a test, in the order of the p-values; NaN is never significant.</returns>
    public static ImmutableArray<bool> Holm(IReadOnlyList<double> pValues, double alpha)
    {
        var significant = new bool[pValues.Count];
        var left = pValues.Count;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => double.IsNaN(pValues[i]) ? double.PositiveInfinity : pValues[i]))
        {
            if (!(pValues[i] <= alpha / left))
            {
                break;
            }

            significant[i] = true;
            left--;
        }

        return [.. significant];
    }
}
