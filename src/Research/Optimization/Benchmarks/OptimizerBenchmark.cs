using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>
/// Compares TPE with random search on three test functions and a recorded table of LightGBM results. The line to hold: on each,
/// the median regret of TPE after 100 trials is at most that of random search after 300, over 20 seeds.
/// </summary>
public static class OptimizerBenchmark
{
    /// <summary>Seeds of the documented table.</summary>
    public const int Seeds = 20;

    private const int TpeTrials = 100;
    private const int RandomTrials = 300;

    private static ImmutableArray<BenchmarkProblem> Problems =>
        [TestFunctions.Branin, TestFunctions.Hartmann, TestFunctions.Ackley, LightGbmTable.Problem];

    /// <param name="seeds">Searches per row, seeded 1, 2, 3, …; 1 or more. Default 20, which takes about 15 s on one core.</param>
    /// <param name="ct">Ends the benchmark.</param>
    /// <returns>Per problem: TPE after 100 trials, random after 100, random after 300.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<BenchmarkRow> Run(int seeds = Seeds, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        return
        [
            .. Problems.SelectMany(problem => new[]
            {
                Row(problem, new TpeSampler(), "tpe", TpeTrials, seeds, ct),
                Row(problem, new RandomSampler(), "random", TpeTrials, seeds, ct),
                Row(problem, new RandomSampler(), "random", RandomTrials, seeds, ct),
            }),
        ];
    }

    /// <summary>True if TPE holds the line on each problem of <see cref="Run"/>.</summary>
    public static bool Holds(IEnumerable<BenchmarkRow> rows) => rows.GroupBy(row => row.Problem).All(problem =>
        problem.Single(row => row.Sampler == "tpe").MedianRegret
        <= problem.Single(row => row.Sampler == "random" && row.Trials == RandomTrials).MedianRegret);

    internal static BenchmarkRow Row(
        BenchmarkProblem problem, ISampler sampler, string name, int trials, int seeds, CancellationToken ct = default)
    {
        var regrets = Enumerable.Range(1, seeds).Select(seed => Regret(problem, sampler, trials, (ulong)seed, ct)).Order().ToArray();
        return new BenchmarkRow(problem.Name, name, trials, seeds, Quantile(regrets, 0.25), Quantile(regrets, 0.5), Quantile(regrets, 0.75));
    }

    private static double Regret(BenchmarkProblem problem, ISampler sampler, int trials, ulong seed, CancellationToken ct)
    {
        var result = new Study(problem.Space, new LossObjective(problem), sampler, new StudyOptions { Seed = seed, Trials = trials }).Run(ct: ct);
        ct.ThrowIfCancellationRequested();
        return -result.Best!.Value - problem.Minimum;
    }

    /// <summary>Linear interpolation between order statistics.</summary>
    private static double Quantile(double[] sorted, double p)
    {
        var place = p * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
