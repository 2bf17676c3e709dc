namespace BtcAgent.Research.Validation;

/// <summary>
/// Probability of backtest overfitting by combinatorially symmetric cross-validation: over all ways to halve the time
/// groups, how often the trial that is best in one half is below the median in the other.
/// Source: Bailey, Borwein, López de Prado, Zhu 2015.
/// </summary>
public static class BacktestOverfitting
{
    /// <summary>Default number of time groups: 12,870 ways to halve them.</summary>
    public const int DefaultGroups = 16;

    /// <param name="returns">One series per trial, all of one length, over the same periods.</param>
    /// <param name="groups">Even, 2…20, at most the number of periods.</param>
    /// <returns>0…1; NaN with fewer than two trials.</returns>
    /// <exception cref="ArgumentException">Series of several lengths, or groups out of range.</exception>
    public static double Probability(IReadOnlyList<double[]> returns, int groups = DefaultGroups)
    {
        if (returns.Count < 2)
        {
            return double.NaN;
        }

        var periods = returns[0].Length;
        if (returns.Any(r => r.Length != periods) || groups is < 2 or > 20 || groups % 2 != 0 || groups > periods)
        {
            throw new ArgumentException($"{returns.Count} series of {periods} periods cannot be cut into {groups} groups");
        }

        var parts = returns.Select(r => Parts(r, groups)).ToArray();
        var (below, ways) = (0, 0);
        for (uint mask = 0; mask < 1u << groups; mask++)
        {
            if (System.Numerics.BitOperations.PopCount(mask) == groups / 2)
            {
                ways++;
                below += IsBelowMedian(parts, mask) ? 1 : 0;
            }
        }

        return (double)below / ways;
    }

    private static bool IsBelowMedian(Part[][] trials, uint inSample)
    {
        var best = 0;
        var bestSharpe = double.NegativeInfinity;
        for (var trial = 0; trial < trials.Length; trial++)
        {
            var sharpe = Sharpe(trials[trial], inSample);
            if (sharpe > bestSharpe)
            {
                (best, bestSharpe) = (trial, sharpe);
            }
        }

        var outOfSample = Sharpe(trials[best], ~inSample);
        var (worse, equal) = (0, 0);
        foreach (var trial in trials)
        {
            var other = Sharpe(trial, ~inSample);
            worse += other < outOfSample ? 1 : 0;
            equal += other == outOfSample ? 1 : 0;
        }

        // Rank within the trials, ties shared; the relative rank of the median is one half.
        return (worse + ((equal + 1) / 2.0)) / (trials.Length + 1) <= 0.5;
    }

    private static double Sharpe(Part[] parts, uint mask)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        for (var i = 0; i < parts.Length; i++)
        {
            if ((mask >> i & 1) != 0)
            {
                count += parts[i].Count;
                sum += parts[i].Sum;
                squares += parts[i].Squares;
            }
        }

        var mean = sum / count;
        var variance = (squares / count) - (mean * mean);
        return variance > 0 ? mean / Math.Sqrt(variance) : 0;
    }

    private static Part[] Parts(double[] returns, int groups)
    {
        var parts = new Part[groups];
        for (var i = 0; i < returns.Length; i++)
        {
            ref var part = ref parts[(int)((long)i * groups / returns.Length)];
            part = new Part(part.Count + 1, part.Sum + returns[i], part.Squares + (returns[i] * returns[i]));
        }

        return parts;
    }

    private readonly record struct Part(int Count, double Sum, double Squares);
}
