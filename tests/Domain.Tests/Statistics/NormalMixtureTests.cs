using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Statistics;

public sealed class NormalMixtureTests
{
    [Theory]
    [InlineData(20, 0.05)]
    [InlineData(365, 0.05)]
    [InlineData(2_000, 0.01)]
    public void Boundary_AnyCount_IsWhereTheEvidenceSuffices(int count, double alpha)
    {
        var precision = NormalMixture.PrecisionFor(365, alpha);
        var boundary = NormalMixture.Boundary(count, precision, alpha);

        Assert.Equal(-Math.Log(alpha), NormalMixture.LogEvidence(boundary, count, precision), 9);
    }

    /// <summary>The closed form of the two-sided boundary at 2α (Howard et al. 2021, equation 14) is the one-sided one but for its tail.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Boundary_OneSided_NearTheClosedFormOfTwoSides(int count)
    {
        const double alpha = 0.05;
        var precision = NormalMixture.PrecisionFor(365, alpha);
        var closed = Math.Sqrt((count + precision) * Math.Log((count + precision) / (precision * 4 * alpha * alpha)) / count);

        Assert.InRange(NormalMixture.Boundary(count, precision, alpha) / closed, 0.99, 1.01);
    }

    [Fact]
    public void PrecisionFor_Count_IsTightestThere()
    {
        var at = NormalMixture.PrecisionFor(365, 0.05);
        var boundary = NormalMixture.Boundary(365, at, 0.05);

        Assert.All([at / 4, at / 2, at * 2, at * 4], other => Assert.True(NormalMixture.Boundary(365, other, 0.05) >= boundary - 1e-3));
    }

    [Fact]
    public void LogEvidence_LookedAtDaily_CrossesAtMostAlpha()
    {
        const int paths = 2_000;
        const double alpha = 0.05;
        var precision = NormalMixture.PrecisionFor(365, alpha);
        var crossed = 0;
        for (var path = 0; path < paths; path++)
        {
            var steps = LongRunVarianceTests.Autoregression(0, 1_000, 50_000 + path);
            var (sum, best) = (0.0, double.NegativeInfinity);
            for (var n = 1; n <= steps.Length; n++)
            {
                sum += steps[n - 1];
                best = Math.Max(best, NormalMixture.LogEvidence(sum / Math.Sqrt(n), n, precision));
            }

            crossed += best >= -Math.Log(alpha) ? 1 : 0;
        }

        Assert.InRange(crossed / (double)paths, 0.01, alpha);
    }
}
