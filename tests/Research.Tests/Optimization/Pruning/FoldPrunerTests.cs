using BtcAgent.Research.Optimization.Pruning;
using BtcAgent.Research.Optimization.Samplers;

namespace BtcAgent.Research.Tests.Optimization.Pruning;

/// <summary>The test is exact, its level holds over all looks, and a clearly worse trial is stopped.</summary>
public sealed class FoldPrunerTests
{
    private static readonly PruningOptions Default = new();

    /// <summary>Counted by hand: of the 2ⁿ choices of signs, those with a sum of positive ranks at or below the observed one.</summary>
    [Theory]
    [InlineData(new[] { -1.0, -2, -3, -4, -5 }, 1.0 / 32)]
    [InlineData(new[] { 1.0, -2, -3, -4, -5 }, 2.0 / 32)]
    [InlineData(new[] { -1.0, -2, 3, -4, -5 }, 5.0 / 32)]
    [InlineData(new[] { 1.0, 2, 3 }, 1)]
    [InlineData(new[] { 0.0, 0 }, 1)]
    [InlineData(new[] { 0.0, -1, -1 }, 1.0 / 4)]
    [InlineData(new[] { -1.0, 1, -1 }, 4.0 / 8)]
    public void Below_FewDifferences_IsExact(double[] differences, double expected) =>
        Assert.Equal(expected, SignedRankTest.Below(differences), 12);

    /// <summary>With and without ties, at different places of the distribution.</summary>
    [Theory]
    [InlineData(50, 2, 1)]
    [InlineData(50, 3, 1)]
    [InlineData(50, 3, 7)]
    [InlineData(30, 4, 5)]
    public void Below_ManyDifferences_NormalIsCloseToExact(int count, int every, int tied)
    {
        double[] differences = [.. Enumerable.Range(1, count).Select(i => (double)(((i - 1) / tied) + 1) * (i % every == 1 ? 1 : -1))];

        var exact = SignedRankTest.Below(differences);

        Assert.InRange(exact, 0.0001, 0.5);
        Assert.Equal(exact, SignedRankTest.Below(differences, exactMax: 0), 0.003);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 4)]
    [InlineData(8, 5)]
    [InlineData(20, 8)]
    public void FirstLook_FoldCounts_IsWhereTheTestCanReachItsLevel(int folds, int? expected) =>
        Assert.Equal(expected, new FoldPruner(folds, Default).FirstLook);

    [Fact]
    public void ShouldStop_WorseOnEveryFold_StopsAtTheFirstLook()
    {
        var pruner = new FoldPruner(8, Default);

        Assert.False(pruner.ShouldStop([0, 0, 0, 0], [1, 2, 3, 4]));
        Assert.True(pruner.ShouldStop([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]));
        Assert.False(pruner.ShouldStop([9, 0, 0, 0, 0], [1, 2, 3, 4, 5]));
        Assert.False(new FoldPruner(8, Default with { IsOn = false }).ShouldStop([0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6]));
    }

    /// <summary>The trial loses by little on most folds, and wins by so much on one that its mean is better.</summary>
    [Fact]
    public void ShouldStop_BetterOnAverage_NeverStops() => Assert.False(
        new FoldPruner(20, Default with { Level = 0.5 }).ShouldStop([99, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1, 1, 1, 1]));

    /// <summary>2,000 pairs of equally good trials with 20 folds and a look after each: at most one in ten is stopped.</summary>
    [Fact]
    public void ShouldStop_EquallyGoodTrials_AreStoppedWithinTheLevel()
    {
        var stopped = Stopped(0);

        Assert.InRange(stopped, 20, 200);
        Assert.InRange(Stopped(-1.5), 1_800, 2_000);
    }

    private static int Stopped(double shift)
    {
        const int Folds = 20;
        var pruner = new FoldPruner(Folds, Default);
        var random = new TrialRandom(12);
        return Enumerable.Range(0, 2_000).Count(_ =>
        {
            double[] trial = [.. Enumerable.Range(0, Folds).Select(_ => Noise(random) + shift)];
            double[] best = [.. Enumerable.Range(0, Folds).Select(_ => Noise(random))];
            return Enumerable.Range(1, Folds - 1).Any(count => pruner.ShouldStop(trial.AsSpan(0, count), best.AsSpan(0, count)));
        });
    }

    private static double Noise(TrialRandom random) => Enumerable.Range(0, 12).Sum(_ => random.NextUnit()) - 6;
}
