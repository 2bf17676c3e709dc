namespace BtcAgent.Research.Validation;

/// <summary>
/// The effective number of independent trials: trials whose returns move together are one trial, however often it was varied.
/// Clusters the trials by the correlation of their returns and counts the clusters. Source: López de Prado, Lewis, Detection
/// of False Investment Strategies Using Unsupervised Learning Methods, 2019, with average linkage in place of k-means, so that
/// a count of one is possible and no start is drawn.
/// </summary>
public static class IndependentTrials
{
    /// <summary>Mean correlation from which clusters are joined: they share at least half of their variance.</summary>
    public static readonly double CorrelationMin = Math.Sqrt(0.5);

    /// <param name="returns">
    /// Per trial the returns of the same periods, before costs: costs move with the number of trades and say nothing about luck.
    /// </param>
    /// <returns>1…n; trials that never move do not count, but one always does.</returns>
    public static int Of(IReadOnlyList<double[]> returns) => Math.Max(1, Clusters(returns).Count);

    /// <summary>The trials that move together, by their index; none for trials that never move.</summary>
    /// <param name="returns">Per trial the returns of the same periods.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Clusters(IReadOnlyList<double[]> returns)
    {
        var (moving, indices) = (new List<double[]>(), new List<int>());
        for (var i = 0; i < returns.Count; i++)
        {
            if (Standardized(returns[i]) is { } standardized)
            {
                moving.Add(standardized);
                indices.Add(i);
            }
        }

        var clusters = moving.Select((_, i) => new List<int> { i }).ToList();
        var correlations = Correlations([.. moving]);
        while (clusters.Count > 1)
        {
            var (best, first, second) = (double.NegativeInfinity, 0, 0);
            for (var a = 0; a < clusters.Count; a++)
            {
                for (var b = a + 1; b < clusters.Count; b++)
                {
                    var mean = clusters[a].Average(i => clusters[b].Average(j => correlations[i, j]));
                    (best, first, second) = mean > best ? (mean, a, b) : (best, first, second);
                }
            }

            if (best < CorrelationMin)
            {
                break;
            }

            clusters[first].AddRange(clusters[second]);
            clusters.RemoveAt(second);
        }

        return [.. clusters.Select(c => c.Select(i => indices[i]).Order().ToArray())];
    }

    /// <summary>Returns less their mean, of unit length; null for a trial that does not move.</summary>
    private static double[]? Standardized(double[] returns)
    {
        if (returns.Length < 2)
        {
            return null;
        }

        var mean = returns.Average();
        var length = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)));
        return Tracks.Resolution.IsAbove(length / Math.Sqrt(returns.Length - 1), mean) ? [.. returns.Select(r => (r - mean) / length)] : null;
    }

    private static double[,] Correlations(double[][] moving)
    {
        var correlations = new double[moving.Length, moving.Length];
        for (var i = 0; i < moving.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                correlations[i, j] = correlations[j, i] = moving[i].Zip(moving[j], (a, b) => a * b).Sum();
            }
        }

        return correlations;
    }
}
