using BtcAgent.Research.Metrics;

namespace BtcAgent.Research.Resampling;

/// <summary>
/// Hansen's test for superior predictive ability: whether the best of many trials is better than a benchmark by more than the
/// best of as many without skill would be. Studentised, and hardly weakened by bad trials, unlike White's reality check. Source:
/// Hansen, A Test for Superior Predictive Ability, 2005.
/// <para>
/// Studentised by the standard deviation of the returns, and not by the bootstrap's estimate for their mean: with blocks of √n that
/// estimate is so noisy that the largest statistic belongs to the trial whose deviation is underestimated. Of 300 histories of
/// 20 trials without skill over 250 periods, it rejected 20 % at a level of 5 %. Dependence enters by the redrawn means.
/// </para>
/// </summary>
/// <param name="Statistic">max(0, largest √n·mean/standard deviation of the trials).</param>
/// <param name="Lower">p-value if no trial were worse than the benchmark in truth only by what was measured: a lower bound.</param>
/// <param name="Consistent">The p-value to judge by: trials that are clearly worse do not count.</param>
/// <param name="Upper">p-value with every trial exactly as good as the benchmark: an upper bound.</param>
/// <param name="Best">Index of the best trial; −1 if none moves.</param>
public sealed record SuperiorAbility(double Statistic, double Lower, double Consistent, double Upper, int Best)
{
    /// <summary>Default number of redrawn series.</summary>
    public const int DefaultReplications = 2_000;

    /// <summary>Least number of redrawn series.</summary>
    public const int ReplicationsMin = 1_000;

    /// <param name="excess">Per trial its returns less the benchmark's in the same periods; at least one trial, 8 periods.</param>
    /// <param name="seed">The same seed gives the same p-values.</param>
    /// <param name="replications">Number of redrawn series, at least <see cref="ReplicationsMin"/>.</param>
    /// <param name="blockLength">Mean length of a block in periods; null for √n.</param>
    /// <returns>
    /// p-values of (1 + redrawn statistics at or above the measured one) / (1 + replications), so that none is 0; 1 if no trial is
    /// better than the benchmark.
    /// </returns>
    /// <exception cref="ArgumentException">There are no trials, too few periods, or lengths differ.</exception>
    public static SuperiorAbility Of(
        IReadOnlyList<double[]> excess, int seed, int replications = DefaultReplications, double? blockLength = null)
    {
        const int PeriodsMin = 8;
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, ReplicationsMin);
        if (excess.Count == 0 || excess[0].Length < PeriodsMin || excess.Any(e => e.Length != excess[0].Length))
        {
            throw new ArgumentException(
                $"{excess.Count} trials: at least one, each with the same {PeriodsMin} or more periods, is needed", nameof(excess));
        }

        var n = excess[0].Length;
        var bootstrap = new StationaryBootstrap(n, blockLength);
        var models = excess.Select((e, i) => Model.Of(i, e, bootstrap)).Where(m => m.Deviation > 0).ToArray();
        if (models.Length == 0)
        {
            return new SuperiorAbility(0, 1, 1, 1, -1);
        }

        var best = models.MaxBy(m => m.Score)!;
        var statistic = Math.Max(0, best.Score);
        var reached = Reached(models, bootstrap, statistic, replications, seed);
        return new SuperiorAbility(statistic, Share(reached[0]), Share(reached[1]), Share(reached[2]), best.Index);

        double Share(int count) => (1.0 + count) / (1 + replications);
    }

    /// <summary>Excess of each trial over one benchmark.</summary>
    /// <param name="returns">Per trial its returns.</param>
    /// <param name="benchmark">Returns of the benchmark in the same periods.</param>
    public static IReadOnlyList<double[]> Excess(IReadOnlyList<double[]> returns, double[] benchmark) =>
        [.. returns.Select(r => r.Zip(benchmark, (trial, held) => trial - held).ToArray())];

    /// <summary>How many redrawn statistics reach the measured one, for the three centres.</summary>
    private static int[] Reached(Model[] models, StationaryBootstrap bootstrap, double statistic, int replications, int seed)
    {
        var n = bootstrap.Periods;
        var root = Math.Sqrt(n);
        var random = new Random(seed);
        var (blocks, reached) = (new (int Start, int Length)[n], new int[3]);
        for (var draw = 0; draw < replications; draw++)
        {
            var drawn = blocks.AsSpan(0, bootstrap.Draw(random, blocks));
            var (lower, consistent, upper) = (0.0, 0.0, 0.0);
            foreach (var model in models)
            {
                var score = root / model.Deviation;
                var mean = bootstrap.Mean(model.Sums, drawn);
                lower = Math.Max(lower, score * (mean - Math.Max(0, model.Mean)));
                consistent = Math.Max(consistent, score * (mean - (model.IsClearlyWorse ? 0 : model.Mean)));
                upper = Math.Max(upper, score * (mean - model.Mean));
            }

            reached[0] += lower >= statistic ? 1 : 0;
            reached[1] += consistent >= statistic ? 1 : 0;
            reached[2] += upper >= statistic ? 1 : 0;
        }

        return reached;
    }

    private sealed record Model(int Index, int Periods, double[] Sums, double Mean, double Deviation, double DeviationOfMean)
    {
        public double Score => Math.Sqrt(Periods) * Mean / Deviation;

        /// <summary>Hansen's threshold: √(2·log log n) deviations below the benchmark.</summary>
        public bool IsClearlyWorse => Score * Deviation / DeviationOfMean < -Math.Sqrt(2 * Math.Log(Math.Log(Periods)));

        public static Model Of(int index, double[] returns, StationaryBootstrap bootstrap) => new(
            index,
            returns.Length,
            StationaryBootstrap.Sums(returns),
            ReturnStatistics.Mean(returns),
            ReturnStatistics.IsDispersed(returns) ? ReturnStatistics.StandardDeviation(returns) : 0,
            Math.Sqrt(bootstrap.VarianceOfMean(returns)));
    }
}
