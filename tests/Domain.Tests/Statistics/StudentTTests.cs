using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Statistics;

public sealed class StudentTTests
{
    /// <summary>Two-sided 5 % and 1 % points of the published tables.</summary>
    [Theory]
    [InlineData(1, 12.706, 63.657)]
    [InlineData(2, 4.303, 9.925)]
    [InlineData(3, 3.182, 5.841)]
    [InlineData(4, 2.776, 4.604)]
    [InlineData(7, 2.365, 3.499)]
    [InlineData(30, 2.042, 2.750)]
    [InlineData(120, 1.980, 2.617)]
    public void Quantile_OfPublishedTables_IsTheirs(int degrees, double five, double one)
    {
        Assert.Equal(five, StudentT.Quantile(0.95, degrees), 5e-4);
        Assert.Equal(one, StudentT.Quantile(0.99, degrees), 5e-4);
        Assert.Equal(0.95, StudentT.Within(StudentT.Quantile(0.95, degrees), degrees), 1e-12);
    }

    [Fact]
    public void Within_ManyDegrees_ApproachesTheNormalDistribution()
    {
        Assert.Equal(1 - (2 * NormalDistribution.Cdf(-1.5)), StudentT.Within(1.5, 10_000), 1e-4);
        Assert.Equal(0, StudentT.Within(0, 3));
    }
}
