using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Pruning;

/// <summary>
/// Wilcoxon's signed-rank test of paired differences, one-sided: are they below zero? Differences of zero are left out, equal
/// sizes share their mean rank. Source: Wilcoxon 1945; the exact distribution is conditional on the ranks, and so exact with
/// ties too.
/// </summary>
public static class SignedRankTest
{
    /// <summary>Most differences other than zero with the exact distribution: its counts, up to 2⁵⁰, are exact as doubles.</summary>
    public const int ExactMax = 50;

    /// <param name="differences">Finite; of the same sign on average if one side is better.</param>
    /// <returns>
    /// Probability of a sum of positive ranks at or below this one if the differences were symmetric about zero: above 0, at
    /// most 1, and at least 2⁻ⁿ for n differences. 1 if all are zero.
    /// </returns>
    public static double Below(ReadOnlySpan<double> differences) => Below(differences, ExactMax);

    internal static double Below(ReadOnlySpan<double> differences, int exactMax)
    {
        var signed = differences.ToArray().Where(d => d != 0).OrderBy(Math.Abs).ToArray();
        if (signed.Length == 0)
        {
            return 1;
        }

        // Twice the ranks are whole numbers, also for ties.
        var (ranks, ties) = TwiceRanks(signed);
        var positive = signed.Select((d, i) => d > 0 ? ranks[i] : 0).Sum();
        return signed.Length <= exactMax ? Exact(ranks, positive) : Normal(signed.Length, ties, positive / 2.0);
    }

    private static (int[] Ranks, double Ties) TwiceRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        var ties = 0.0;
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[first]))
            {
                end++;
            }

            Array.Fill(ranks, first + 1 + end, first, end - first);
            var count = (double)(end - first);
            ties += (count * count * count) - count;
            first = end;
        }

        return (ranks, ties);
    }

    /// <summary>Counts, of all 2ⁿ choices of signs, those whose sum is at most the observed one.</summary>
    private static double Exact(int[] ranks, int observed)
    {
        var counts = new double[ranks.Sum() + 1];
        counts[0] = 1;
        var reached = 0;
        foreach (var rank in ranks)
        {
            reached += rank;
            for (var sum = reached; sum >= rank; sum--)
            {
                counts[sum] += counts[sum - rank];
            }
        }

        return counts.AsSpan(0, observed + 1).ToArray().Sum() / Math.Pow(2, ranks.Length);
    }

    /// <summary>Normal approximation with the variance of tied ranks and a continuity correction of one half.</summary>
    private static double Normal(double count, double ties, double positive)
    {
        var mean = count * (count + 1) / 4;
        var variance = (count * (count + 1) * ((2 * count) + 1) / 24) - (ties / 48);
        return NormalDistribution.Cdf((positive + 0.5 - mean) / Math.Sqrt(variance));
    }
}
