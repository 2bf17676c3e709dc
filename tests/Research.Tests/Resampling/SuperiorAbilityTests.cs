using BtcAgent.Research.Resampling;

namespace BtcAgent.Research.Tests.Resampling;

/// <summary>The stationary bootstrap and Hansen's test, by hand and by simulation.</summary>
public sealed class SuperiorAbilityTests
{
    private static readonly double[] Ramp = [1, 2, 3, 4];

    /// <summary>γ(0) = 1.25, γ(1) = 0.3125, γ(2) = −0.375, γ(3) = −0.5625; κ at q = ½ is 0.40625, 0.25, 0.40625.</summary>
    [Theory]
    [InlineData(1, 1.25)]
    [InlineData(2, 0.859375)]
    public void VarianceOfMean_FourReturns_IsThatByHand(double blockLength, double expected) =>
        Assert.Equal(expected, new StationaryBootstrap(4, blockLength).VarianceOfMean(Ramp), 12);

    [Fact]
    public void VarianceOfMean_ManyDraws_IsThatOfTheirMeans()
    {
        var returns = Autocorrelated(new Random(5), 60, 0);
        var bootstrap = new StationaryBootstrap(60, 6);
        var (random, blocks, sums) = (new Random(1), new (int Start, int Length)[60], StationaryBootstrap.Sums(returns));
        var means = new double[20_000];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = bootstrap.Mean(sums, blocks.AsSpan(0, bootstrap.Draw(random, blocks)));
        }

        var mean = means.Average();
        Assert.InRange(60 * means.Average(m => (m - mean) * (m - mean)) / bootstrap.VarianceOfMean(returns), 0.96, 1.04);
    }

    [Fact]
    public void Draw_MeanLengthOfItsBlocks_IsTheBlockLength()
    {
        var blocks = new (int Start, int Length)[10_000];
        var count = new StationaryBootstrap(10_000, 20).Draw(new Random(3), blocks);

        Assert.InRange(10_000.0 / count, 17, 23);
        Assert.Equal(10_000, blocks.Take(count).Sum(block => block.Length));
        Assert.All(blocks.Take(count), block => Assert.InRange(block.Start, 0, 9_999));
    }

    /// <summary>The mean by sums of blocks is that of the redrawn returns themselves, also over the end of the series.</summary>
    [Fact]
    public void Mean_OfBlocks_IsThatOfTheirReturns()
    {
        var returns = Autocorrelated(new Random(9), 37, 0.2);
        var bootstrap = new StationaryBootstrap(37, 9);
        var (random, blocks, sums) = (new Random(4), new (int Start, int Length)[37], StationaryBootstrap.Sums(returns));
        for (var draw = 0; draw < 200; draw++)
        {
            var drawn = blocks[..bootstrap.Draw(random, blocks)];
            var redrawn = drawn.SelectMany(block => Enumerable.Range(block.Start, block.Length)).Select(at => returns[at % 37]).ToArray();

            Assert.Equal(37, redrawn.Length);
            Assert.Equal(redrawn.Average(), bootstrap.Mean(sums, drawn), 12);
        }
    }

    /// <summary>√8 · 2.5 / √(10/7) = √35.</summary>
    [Fact]
    public void Of_OneTrial_HasTheStatisticByHand()
    {
        var test = SuperiorAbility.Of([[1, 2, 3, 4, 1, 2, 3, 4]], seed: 1, blockLength: 1);

        Assert.Equal(Math.Sqrt(35), test.Statistic, 12);
        Assert.Equal(1.0 / 2_001, test.Consistent, 12);
        Assert.Equal(0, test.Best);
    }

    [Fact]
    public void Of_TrialsThatLose_HaveTheProbabilityOne()
    {
        var test = SuperiorAbility.Of([[-1, -2, -3, -4, -1, -2, -3, -4], new double[8]], seed: 1);

        Assert.Equal((0, 1, 1), (test.Statistic, test.Consistent, test.Upper));
    }

    [Fact]
    public void Of_NoTrialMoves_HasNoBest() => Assert.Equal((1, -1), Pair(SuperiorAbility.Of([new double[8]], seed: 1)));

    [Fact]
    public void Of_SameSeed_GivesTheSameProbabilities()
    {
        double[][] trials = [Autocorrelated(new Random(1), 100, 0.1), Autocorrelated(new Random(2), 100, 0)];

        Assert.Equal(SuperiorAbility.Of(trials, seed: 7), SuperiorAbility.Of(trials, seed: 7));
        Assert.NotEqual(SuperiorAbility.Of(trials, seed: 7).Consistent, SuperiorAbility.Of(trials, seed: 8).Consistent);
    }

    /// <summary>Bad trials weaken the upper bound, which is the reality check, but not the consistent p-value.</summary>
    [Fact]
    public void Of_ManyClearlyWorseTrials_WeakenOnlyTheUpperBound()
    {
        var good = Autocorrelated(new Random(1), 400, 0.11);
        double[][] all = [good, .. Enumerable.Range(0, 60).Select(i => Autocorrelated(new Random(100 + i), 400, -0.6))];
        var (alone, among) = (SuperiorAbility.Of([good], seed: 1), SuperiorAbility.Of(all, seed: 1));

        Assert.InRange(among.Consistent, 0, alone.Consistent + 0.01);
        Assert.True(among.Upper > among.Consistent + 0.05, $"{among}");
        Assert.InRange(among.Lower, 0, among.Consistent);
    }

    /// <summary>Twenty trials without skill, with autocorrelation and tails: rejected in at most 5 % (three deviations of 200).</summary>
    [Fact]
    public void Of_TrialsWithoutSkill_AreSeldomBetter() => Assert.InRange(Rejected(200, 0), 0, 0.05 + (3 * 0.0154));

    [Fact]
    public void Of_OneTrialWithAnEdge_IsFound() => Assert.InRange(Rejected(60, 0.25), 0.8, 1);

    [Fact]
    public void LowerBoundOfMean_ReturnsWithoutMean_IsSeldomAboveZero()
    {
        var above = Enumerable.Range(0, 400).Count(seed =>
            new StationaryBootstrap(250).LowerBoundOfMean(Autocorrelated(new Random(seed), 250, 0), 0.95, 400, seed) > 0);

        Assert.InRange(above / 400.0, 0.01, 0.05 + (3 * 0.011));
    }

    /// <summary>The share of histories in which the best of twenty trials is found better than not trading.</summary>
    private static double Rejected(int histories, double edge) => Enumerable.Range(0, histories).Count(seed =>
    {
        var random = new Random(1_000 + seed);
        double[][] trials = [.. Enumerable.Range(0, 20).Select(i => Autocorrelated(random, 250, i == 0 ? edge : 0))];
        return SuperiorAbility.Of(trials, seed, SuperiorAbility.ReplicationsMin).Consistent <= 0.05;
    }) / (double)histories;

    /// <summary>Returns of deviation near 1 with a slight autocorrelation and fat tails.</summary>
    private static double[] Autocorrelated(Random random, int count, double mean)
    {
        var (returns, last) = (new double[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            var scale = random.NextDouble() < 0.1 ? 2 : 0.8;
            last = (0.1 * last) + (scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            returns[i] = mean + last;
        }

        return returns;
    }

    private static (double, int) Pair(SuperiorAbility test) => (test.Consistent, test.Best);
}
