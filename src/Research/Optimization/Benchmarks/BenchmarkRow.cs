namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>A line of the benchmark: regret is the smallest loss of a search less the minimum of the function, 0 or more.</summary>
/// <param name="Problem">Name of the function.</param>
/// <param name="Sampler">Name of the sampler.</param>
/// <param name="Trials">Trials of each search.</param>
/// <param name="Seeds">Number of searches.</param>
/// <param name="LowerQuartile">A quarter of the searches have at most this regret.</param>
/// <param name="MedianRegret">Half of the searches have at most this regret.</param>
/// <param name="UpperQuartile">Three quarters of the searches have at most this regret.</param>
public sealed record BenchmarkRow(
    string Problem, string Sampler, int Trials, int Seeds, double LowerQuartile, double MedianRegret, double UpperQuartile);
