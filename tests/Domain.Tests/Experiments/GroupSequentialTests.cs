using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Experiments;

public sealed class GroupSequentialTests
{
    /// <summary>One-sided 0.025, evenly spaced: Lan, DeMets 1983; Proschan, Lan, Wittes 2006.</summary>
    [Theory]
    [InlineData("1.960")]
    [InlineData("2.963 1.969")]
    [InlineData("3.710 2.511 1.993")]
    [InlineData("4.333 2.963 2.359 2.014")]
    [InlineData("4.877 3.357 2.680 2.290 2.031")]
    public void Boundaries_EvenLooks_AreThePublishedOnes(string published)
    {
        double[] expected = [.. published.Split(' ').Select(text => double.Parse(text, null))];
        var actual = GroupSequential.Boundaries(0.025, GroupSequential.EvenFractions(expected.Length));

        Assert.All(expected, (boundary, i) => Assert.Equal(boundary, actual[i], 0.001));
    }

    [Theory]
    [InlineData(0.05, 12)]
    [InlineData(0.01, 52)]
    [InlineData(0.025, 60)]
    public void CrossingProbabilities_WithoutDrift_SpendAlpha(double alpha, int looks)
    {
        var fractions = GroupSequential.EvenFractions(looks);
        var crossed = GroupSequential.CrossingProbabilities(GroupSequential.Boundaries(alpha, fractions), fractions, 0);

        Assert.All(fractions, (fraction, k) => Assert.Equal(GroupSequential.Spent(alpha, fraction), crossed[k], 1e-6));
        Assert.Equal(alpha, crossed[^1], 1e-6);
    }

    [Fact]
    public void CrossingProbabilities_WithDrift_AreThoseOfSimulatedPaths()
    {
        const int paths = 20_000;
        var fractions = GroupSequential.EvenFractions(5);
        var boundaries = GroupSequential.Boundaries(0.025, fractions);
        var random = new Random(3);
        var crossed = new int[5];
        for (var path = 0; path < paths; path++)
        {
            var sum = 0.0;
            for (var k = 0; k < 5; k++)
            {
                sum += (3 * 0.2) + (Math.Sqrt(0.2) * NormalDistribution.Quantile((random.Next(1 << 24) + 0.5) / (1 << 24)));
                if (sum / Math.Sqrt(fractions[k]) >= boundaries[k])
                {
                    crossed[k]++;
                    break;
                }
            }
        }

        var expected = GroupSequential.CrossingProbabilities(boundaries, fractions, 3);
        Assert.All(expected, (probability, k) => Assert.Equal(probability, crossed.Take(k + 1).Sum() / (double)paths, 0.01));
    }

    [Fact]
    public void Boundaries_UnevenLooks_SpendAlpha()
    {
        ImmutableArray<double> fractions = [0.1, 0.15, 0.7, 0.71, 1];
        var boundaries = GroupSequential.Boundaries(0.05, fractions);

        Assert.Equal(0.05, GroupSequential.CrossingProbabilities(boundaries, fractions, 0)[^1], 1e-6);
    }

    /// <summary>From the definition: simulates the mean from its posterior, then the rest of the path.</summary>
    [Fact]
    public void PredictivePower_Definition_IsTheClosedForm()
    {
        const int paths = 40_000;
        const double z = 0.8;
        const double fraction = 0.4;
        var random = new Random(4);
        double Next() => NormalDistribution.Quantile((random.Next(1 << 24) + 0.5) / (1 << 24));
        var above = 0;
        for (var path = 0; path < paths; path++)
        {
            var now = z * Math.Sqrt(fraction);
            var drift = (now / fraction) + (Next() / Math.Sqrt(fraction));
            above += now + (drift * (1 - fraction)) + (Math.Sqrt(1 - fraction) * Next()) >= 1.7 ? 1 : 0;
        }

        Assert.Equal(GroupSequential.PredictivePower(z, fraction, 1.7), above / (double)paths, 0.01);
        Assert.Equal(1, GroupSequential.PredictivePower(1.71, 1, 1.7));
        Assert.Equal(0, GroupSequential.PredictivePower(1.69, 1, 1.7));
    }

    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.5, 1.1)]
    public void Boundaries_FractionsOutOfOrder_AreRefused(double first, double second) =>
        Assert.Throws<ArgumentException>(() => GroupSequential.Boundaries(0.05, [first, second]));
}
