using System.Collections.Immutable;
using BtcAgent.Domain.Drift;

namespace BtcAgent.Domain.Tests.Drift;

public sealed class DriftStatisticTests
{
    /// <summary>Shares 0.5, 0.5 against 0.8, 0.2: 0.3·ln 1.6 − 0.3·ln 0.4 = 0.4159.</summary>
    [Fact]
    public void Psi_TwoBins_IsTheFormula()
    {
        var reference = new FeatureBins { Edges = [0], Counts = [500_000, 500_000], Missing = 0 };

        Assert.Equal(0.4159, PopulationStability.Of(reference, [800_000, 200_000], 0), 4);
        Assert.Equal(0, PopulationStability.Of(reference, [500_000, 500_000], 0), 9);
        Assert.True(PopulationStability.Of(reference, [400_000, 400_000], 200_000) > PopulationStability.AlarmAt);
        Assert.True(double.IsNaN(PopulationStability.Of(reference, [0, 0], 0)));
    }

    [Fact]
    public void Psi_EmptyBin_IsFinite() => Assert.InRange(
        PopulationStability.Of(new FeatureBins { Edges = [0], Counts = [500, 500], Missing = 0 }, [1_000, 0], 0), 1, 10);

    /// <summary>By hand: after 1, 2 the first has 2/4, the second 0/3.</summary>
    [Fact]
    public void Ks_TwoSamples_IsTheGreatestDifference()
    {
        Assert.Equal(2.0 / 3, KolmogorovSmirnov.Statistic([1, 2, 3, 4, 5, 6], [5, 6, 7.0]), 12);
        Assert.Equal(1, KolmogorovSmirnov.Statistic([1, 2.0], [3, 4.0]));
        Assert.Equal(0, KolmogorovSmirnov.Statistic([1, 2.0], [1, 1, 2, 2.0]));
        Assert.Equal(0.3, KolmogorovSmirnov.Statistic([50L, 50], [80, 20]), 12);
    }

    /// <summary>Critical values of Kolmogorov's distribution from published tables.</summary>
    [Theory]
    [InlineData(1.2238, 0.10)]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    [InlineData(0.8276, 0.50)]
    [InlineData(0.5196, 0.95)]
    public void Ks_PublishedQuantile_HasItsProbability(double x, double probability) => Assert.Equal(probability, KolmogorovSmirnov.Survival(x), 0.0005);

    [Fact]
    public void Ks_SameDistribution_RejectsAboutAlpha()
    {
        var random = new Random(3);
        double[] Sample() => [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble()).Order()];
        var rejected = Enumerable.Range(0, 2_000).Count(_ => KolmogorovSmirnov.PValue(KolmogorovSmirnov.Statistic(Sample(), Sample()), 80, 80) < 0.05);

        Assert.InRange(rejected / 2_000.0, 0.03, 0.06);
    }

    /// <summary>The example of Benjamini, Hochberg 1995: the four smallest of fifteen are significant at 0.05.</summary>
    [Fact]
    public void BenjaminiHochberg_PublishedExample_SelectsFour()
    {
        ImmutableArray<double> pValues = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];

        Assert.Equal(4, FalseDiscovery.BenjaminiHochberg(pValues, 0.05).Count(isSignificant => isSignificant));
        Assert.Equal([false, true, false], FalseDiscovery.BenjaminiHochberg([double.NaN, 0.02, 0.9], 0.05));
        Assert.Empty(FalseDiscovery.BenjaminiHochberg([], 0.05));
    }
}
