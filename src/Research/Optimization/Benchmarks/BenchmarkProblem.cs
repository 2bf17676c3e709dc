using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>A function with a known minimum.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Space">Its parameters.</param>
/// <param name="Loss">Value at a point; minimised.</param>
/// <param name="Minimum">Smallest value.</param>
internal sealed record BenchmarkProblem(string Name, SearchSpace Space, Func<ParameterPoint, double> Loss, double Minimum);
