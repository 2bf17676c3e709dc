using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>Test functions of global optimisation. Source: Surjanovic, Bingham, Virtual Library of Simulation Experiments, 2013.</summary>
internal static class TestFunctions
{
    private static readonly double[] HartmannWeights = [1, 1.2, 3, 3.2];

    private static readonly double[][] HartmannScales =
    [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] HartmannCentres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Two dimensions, three equal minima.</summary>
    internal static BenchmarkProblem Branin { get; } = new(
        "branin",
        new SearchSpace(new NumberParameter("x1", -5, 10), new NumberParameter("x2", 0, 15)),
        point =>
        {
            var (x, y) = (point.Number("x1"), point.Number("x2"));
            var valley = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
            return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
        },
        0.39788735772973816);

    /// <summary>Six dimensions, six local minima.</summary>
    internal static BenchmarkProblem Hartmann { get; } = new(
        "hartmann-6",
        new SearchSpace(Enumerable.Range(1, 6).Select(i => new NumberParameter($"x{i}", 0, 1))),
        point => -HartmannWeights.Select((weight, i) => weight * Math.Exp(-Enumerable.Range(0, 6).Sum(j =>
            HartmannScales[i][j] * Math.Pow(point.Number($"x{j + 1}") - HartmannCentres[i][j], 2)))).Sum(),
        -3.322368011415515);

    /// <summary>Ten dimensions, a funnel with very many local minima.</summary>
    internal static BenchmarkProblem Ackley { get; } = new(
        "ackley-10",
        new SearchSpace(Enumerable.Range(1, 10).Select(i => new NumberParameter($"x{i}", -32.768, 32.768))),
        point =>
        {
            var x = point.Values.Values.Select(value => value.Number).ToArray();
            return (-20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v)))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v))) + 20 + Math.E;
        },
        0);
}
