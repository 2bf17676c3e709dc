using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Tests.Validation;

public sealed class DeflatedSharpeTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068542948585)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(2.999999, 0.9986500975365148)]
    [InlineData(-3.000001, 0.0013498935997883319)]
    [InlineData(-6, 9.865876450376981407e-10)]
    [InlineData(-20, 2.753624118606233695e-89)]
    public void Cdf_KnownValues_AreMet(double x, double p) =>
        Assert.InRange(NormalDistribution.Cdf(x) / p, 1 - 2e-12, 1 + 2e-12);

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    [InlineData(0.02425)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.975)]
    [InlineData(0.999999)]
    public void Quantile_AnyProbability_IsTheInverse(double p) =>
        Assert.InRange(NormalDistribution.Cdf(NormalDistribution.Quantile(p)) / p, 1 - 1e-11, 1 + 1e-11);

    [Fact]
    public void Quantile_KnownValues_AreMet()
    {
        Assert.Equal(1.6448536269514722, NormalDistribution.Quantile(0.95), 12);
        Assert.Equal(-3.090232306167813, NormalDistribution.Quantile(0.001), 12);
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(-0.1)));
    }

    /// <summary>The example of Bailey, López de Prado 2014: SR 2.5 a year of 250 days, 1,250 days, 100 trials, V = ½.</summary>
    [Fact]
    public void Deflated_ExampleOfThePaper_IsNineTenths()
    {
        var variance = 0.5 / 250;
        Assert.Equal(0.1132, DeflatedSharpe.ExpectedMaximum(100, variance), 4);
        Assert.Equal(0.9004, DeflatedSharpe.Deflated(2.5 / Math.Sqrt(250), 1_250, -3, 10, 100, variance), 4);
    }

    /// <summary>With one trial nothing is deflated; normal returns of Sharpe 0.1 over 100 periods: Φ(0.1·√99/√1.005).</summary>
    [Fact]
    public void Deflated_OneTrial_IsTheProbabilisticRatioAgainstZero()
    {
        var expected = NormalDistribution.Cdf(0.1 * Math.Sqrt(99) / Math.Sqrt(1.005));

        Assert.Equal(expected, DeflatedSharpe.ProbabilisticSharpe(0.1, 100, 0, 3, 0), 14);
        Assert.Equal(expected, DeflatedSharpe.Deflated(0.1, 100, 0, 3, 1, 0.7), 14);
        Assert.True(double.IsNaN(DeflatedSharpe.ProbabilisticSharpe(0.1, 1, 0, 3, 0)));
    }

    [Fact]
    public void Overfitting_NoiseAndSkill_AreToldApart()
    {
        var random = new Random(4);
        double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
        var noise = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 640).Select(_ => Noise()).ToArray()).ToList();
        var skill = noise.Append([.. Enumerable.Range(0, 640).Select(_ => 0.15 + Noise())]).ToList();

        // Noise has no rank to keep. In a whole that is split in two, the better of one half is the worse of the other.
        Assert.InRange(BacktestOverfitting.Of(noise, 10).Probability, 0.3, 1);
        var real = BacktestOverfitting.Of(skill, 10);
        Assert.InRange(real.Probability, 0, 0.05);
        Assert.Equal(252, real.Logits.Length);
        Assert.All(real.OutOfSample, s => Assert.InRange(s, 0, 1));
    }

    [Fact]
    public void Overfitting_BestHalfIsTheWorstOther_IsOne()
    {
        // Two strategies, each good in one half of the periods: whichever is chosen fails in the other half.
        double[] a = [1, 1.1, 1, 1.1, -1, -1.1, -1, -1.1];
        double[] b = [-1, -1.1, -1, -1.1, 1, 1.1, 1, 1.1];

        Assert.Equal(1, BacktestOverfitting.Of([a, b], 2).Probability);
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of([a], 2));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of([a, b], 16));
    }
}
