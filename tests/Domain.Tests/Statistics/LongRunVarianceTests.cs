using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Statistics;

public sealed class LongRunVarianceTests
{
    /// <summary>By hand: mean 2, deviations −1 1 −1 1; sum of squares 4, of neighbours −3, of second neighbours 2.</summary>
    [Theory]
    [InlineData(0, 4.0 / 3)]
    [InlineData(1, (4 - 3.0) / 3)]
    [InlineData(2, (4 - (2 * (2.0 / 3) * 3) + (2 * (1.0 / 3) * 2)) / 3)]
    public void NeweyWest_FourValues_IsTheFormula(int lag, double expected) =>
        Assert.Equal(expected, LongRunVariance.NeweyWest([1, 3, 1, 3], lag), 12);

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.3)]
    [InlineData(0)]
    public void NeweyWest_OfAnAutoregression_IsNearTheTruth(double phi)
    {
        var values = Autoregression(phi, 40_000, 5);
        var truth = 1 / ((1 - phi) * (1 - phi));

        Assert.InRange(LongRunVariance.NeweyWest(values, 30), truth * 0.85, truth * 1.15);
    }

    [Theory]
    [InlineData(30, 3)]
    [InlineData(100, 4)]
    [InlineData(365, 5)]
    [InlineData(2, 1)]
    [InlineData(1, 0)]
    public void LagOf_Length_IsTheRule(int count, int lag) => Assert.Equal(lag, LongRunVariance.LagOf(count));

    [Fact]
    public void NeweyWest_OneValue_IsNotKnown() => Assert.True(double.IsNaN(LongRunVariance.NeweyWest([1], 0)));

    internal static double[] Autoregression(double phi, int count, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (i == 0 ? 0 : phi * values[i - 1]) + NormalDistribution.Quantile((random.Next(1 << 24) + 0.5) / (1 << 24));
        }

        return values;
    }
}
