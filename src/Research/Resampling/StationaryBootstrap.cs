namespace BtcAgent.Research.Resampling;

/// <summary>
/// Draws a series of returns again in blocks of random length, so that a redrawn series keeps the dependence of neighbouring
/// periods. A block ends after each period with probability 1 / <see cref="BlockLength"/>, and the series is a circle. Source:
/// Politis, Romano, The Stationary Bootstrap, 1994.
/// </summary>
public sealed class StationaryBootstrap
{
    /// <param name="periods">Periods of the series, at least 1.</param>
    /// <param name="blockLength">Mean length of a block in periods, at least 1; null for √<paramref name="periods"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public StationaryBootstrap(int periods, double? blockLength = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLength ?? 1, 1, nameof(blockLength));
        Periods = periods;
        BlockLength = blockLength ?? Math.Max(1, Math.Sqrt(periods));
    }

    /// <summary>Periods of the series.</summary>
    public int Periods { get; }

    /// <summary>Mean length of a block, in periods.</summary>
    public double BlockLength { get; }

    /// <summary>Writes the blocks of one redrawn series; those that pass the end continue at the beginning.</summary>
    /// <param name="random">Source of the draw.</param>
    /// <param name="blocks">Receives up to <see cref="Periods"/> blocks, whose lengths add up to <see cref="Periods"/>.</param>
    /// <returns>Number of blocks.</returns>
    public int Draw(Random random, Span<(int Start, int Length)> blocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks.Length, Periods, nameof(blocks));
        var end = 1 / BlockLength;
        var (count, start, length) = (0, random.Next(Periods), 0);
        for (var left = Periods; left > 0; left--)
        {
            length++;
            if (random.NextDouble() < end || left == 1)
            {
                blocks[count++] = (start, length);
                (start, length) = (random.Next(Periods), 0);
            }
        }

        return count;
    }

    /// <summary>Sums of the first 0…2n returns of the series and its repetition, from which <see cref="Mean"/> takes those of blocks.</summary>
    /// <param name="returns">Returns of all periods.</param>
    public static double[] Sums(ReadOnlySpan<double> returns)
    {
        var sums = new double[(2 * returns.Length) + 1];
        for (var i = 0; i < sums.Length - 1; i++)
        {
            sums[i + 1] = sums[i] + returns[i % returns.Length];
        }

        return sums;
    }

    /// <summary>Mean return of a redrawn series: work by the block and not by the period.</summary>
    /// <param name="sums"><see cref="Sums"/> of the returns.</param>
    /// <param name="blocks">Blocks of <see cref="Draw"/>.</param>
    public double Mean(double[] sums, ReadOnlySpan<(int Start, int Length)> blocks)
    {
        var sum = 0.0;
        foreach (var (start, length) in blocks)
        {
            sum += sums[start + length] - sums[start];
        }

        return sum / Periods;
    }

    /// <summary>
    /// Variance of √n times the mean of a redrawn series, in closed form: Σ κ(i)·γ(i), with the autocovariances γ and the weights
    /// κ(i) = (n − i)/n·(1 − q)^i + i/n·(1 − q)^(n − i), q = 1 / block length (Politis, Romano 1994, lemma 1).
    /// </summary>
    /// <param name="returns">Returns of all periods.</param>
    public double VarianceOfMean(ReadOnlySpan<double> returns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(returns.Length, Periods, nameof(returns));
        var n = returns.Length;
        var mean = Metrics.ReturnStatistics.Mean(returns);
        var keep = 1 - (1 / BlockLength);
        var variance = 0.0;
        for (var lag = 0; lag < n; lag++)
        {
            var weight = lag == 0
                ? 1
                : 2 * (((double)(n - lag) / n * Math.Pow(keep, lag)) + ((double)lag / n * Math.Pow(keep, n - lag)));
            if (weight < 1e-12)
            {
                continue;
            }

            var covariance = 0.0;
            for (var i = 0; i + lag < n; i++)
            {
                covariance += (returns[i] - mean) * (returns[i + lag] - mean);
            }

            variance += weight * covariance / n;
        }

        return Math.Max(0, variance);
    }

    /// <summary>
    /// Lower confidence bound of the mean return of one period: the quantile 1 − <paramref name="confidence"/> of the means of the
    /// redrawn series.
    /// </summary>
    /// <param name="returns">Returns of all periods.</param>
    /// <param name="confidence">Probability that the mean is above the bound, above 0 and below 1.</param>
    /// <param name="replications">Number of redrawn series, at least 100.</param>
    /// <param name="seed">The same seed gives the same bound.</param>
    public double LowerBoundOfMean(ReadOnlySpan<double> returns, double confidence, int replications, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(returns.Length, Periods, nameof(returns));
        var random = new Random(seed);
        var (sums, blocks, means) = (Sums(returns), new (int Start, int Length)[Periods], new double[replications]);
        for (var i = 0; i < replications; i++)
        {
            means[i] = Mean(sums, blocks.AsSpan(0, Draw(random, blocks)));
        }

        Array.Sort(means);
        return means[(int)((1 - confidence) * replications)];
    }
}
