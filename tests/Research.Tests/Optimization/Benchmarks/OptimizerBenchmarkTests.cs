using BtcAgent.Research.Optimization.Benchmarks;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Tests.Optimization.Benchmarks;

/// <summary>The functions are the published ones, the table is what LightGBM gives, and TPE holds the line on all of them.</summary>
public sealed class OptimizerBenchmarkTests
{
    /// <summary>Nine seeds in place of twenty; TPE after 100 trials against random search after 300.</summary>
    [Fact]
    public void Run_FewSeeds_HoldsOnEachProblem()
    {
        var rows = OptimizerBenchmark.Run(seeds: 9);

        Assert.Equal(["branin", "hartmann-6", "ackley-10", "lightgbm"], rows.Select(row => row.Problem).Distinct());
        Assert.True(OptimizerBenchmark.Holds(rows), string.Join('\n', rows));
        Assert.All(rows, row => Assert.True(0 <= row.LowerQuartile && row.LowerQuartile <= row.MedianRegret && row.MedianRegret <= row.UpperQuartile));
    }

    [Fact]
    public void Loss_PublishedMinima_AreTheMinima()
    {
        AssertMinimum(TestFunctions.Branin, Math.PI, 2.275);
        AssertMinimum(TestFunctions.Branin, -Math.PI, 12.275);
        AssertMinimum(TestFunctions.Branin, 9.42478, 2.475);
        AssertMinimum(TestFunctions.Hartmann, 0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573);
        AssertMinimum(TestFunctions.Ackley, new double[10]);
    }

    /// <summary>Trains some combinations again; the committed table has their losses.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(2, 3, 1, 1, 2)]
    [InlineData(4, 5, 0, 2, 1)]
    public void Losses_TrainedAgain_AreThoseOfTheTable(int leaves, int rate, int rows, int features, int bagging)
    {
        var trained = LightGbmRecording.Losses([leaves, rate, rows, features, bagging]);

        for (var rounds = 0; rounds < LightGbmRecording.RoundLevels; rounds++)
        {
            Assert.Equal(trained[rounds], Loss([leaves, rate, rows, features, bagging, rounds]), 0.000_011);
        }
    }

    [Fact]
    public void Problem_Table_HasEveryPointOfItsSpace()
    {
        var losses = LightGbmRecording.Combinations()
            .SelectMany(levels => Enumerable.Range(0, LightGbmRecording.RoundLevels).Select(round => Loss([.. levels, round])))
            .ToList();

        Assert.Equal(4_320, new GridSampler(100).TrialsMax(LightGbmTable.Problem.Space));
        Assert.Equal(4_320, losses.Count);
        Assert.Equal(LightGbmTable.Problem.Minimum, losses.Min());
        Assert.True(losses.Max() > losses.Min() + 0.05);
    }

    private static double Loss(int[] levels) => LightGbmTable.Problem.Loss(new ParameterPoint(
        LightGbmRecording.Grid.Select((axis, i) => KeyValuePair.Create(axis.Name, new ParameterValue((long)levels[i])))));

    private static void AssertMinimum(BenchmarkProblem problem, params double[] place)
    {
        var point = new ParameterPoint(problem.Space.Parameters.Select((p, i) => KeyValuePair.Create(p.Name, new ParameterValue(place[i]))));

        Assert.Equal(problem.Minimum, problem.Loss(point), 1e-5);
    }
}
