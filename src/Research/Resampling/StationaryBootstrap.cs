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

    /// <summary>Writes the periods of one redrawn series.</summary>
    /// <param name="random">Source of the draw.</param>
    /// <param name="indices">Receives <see cref="Periods"/> indices, 0…<see cref="Periods"/> − 1.</param>
    public void Draw(Random random, Span<int> indices)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, Periods, nameof(indices));
        var end = 1 / BlockLength;
        var at = random.Next(Periods);
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = at;
            at = random.NextDouble() < end ? random.Next(Periods) : at + 1 == Periods ? 0 : at + 1;
        }
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
        var (indices, means) = (new int[Periods], new double[replications]);
        for (var i = 0; i < replications; i++)
        {
            Draw(random, indices);
            foreach (var index in indices)
            {
                means[i] += returns[index];
            }

            means[i] /= Periods;
        }

        Array.Sort(means);
        return means[(int)((1 - confidence) * replications)];
    }
}
