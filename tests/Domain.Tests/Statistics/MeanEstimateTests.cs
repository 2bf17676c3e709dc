using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Tests.Statistics;

public sealed class MeanEstimateTests
{
    /// <summary>Quantiles of Student's t from published tables, with the normal quantiles of the same probabilities.</summary>
    [Theory]
    [InlineData(2.228, 10, 1.960)]
    [InlineData(4.587, 10, 3.291)]
    [InlineData(-1.812, 10, -1.645)]
    [InlineData(2.750, 30, 2.576)]
    [InlineData(3.646, 30, 3.291)]
    [InlineData(1.960, 1e9, 1.960)]
    [InlineData(0, 10, 0)]
    public void NormalOfT_PublishedQuantile_IsTheNormalOne(double t, double degrees, double z) =>
        Assert.Equal(z, MeanEstimate.NormalOfT(t, degrees), 0.01);

    [Fact]
    public void Of_ValuesThatDoNotDiffer_IsEvidenceOfNothing()
    {
        Assert.Equal(0, MeanEstimate.Of([0.01, 0.01, 0.01]).Z);
        Assert.Equal(0, MeanEstimate.Of([0, 0, 0]).Z);
        Assert.Equal(0, MeanEstimate.Of([5]).Z);
        Assert.Equal(new MeanEstimate(0, double.NaN, double.NaN, 0), MeanEstimate.Of([]));
    }

    /// <summary>
    /// One-sided 5 % tests of a true mean of 0: with neighbours that are correlated the plain error rejects 12 % and more, this
    /// one stays near 5 %.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Of_TrueMeanOfZero_RejectsAboutAlpha(double phi)
    {
        const int tests = 2_000;
        var (ours, plain) = (0, 0);
        for (var i = 0; i < tests; i++)
        {
            var values = LongRunVarianceTests.Autoregression(phi, 200, 1_000 + i);
            var estimate = MeanEstimate.Of(values);
            ours += estimate.Z > 1.645 ? 1 : 0;
            plain += estimate.Mean / Math.Sqrt(LongRunVariance.NeweyWest(values, 0) / values.Length) > 1.645 ? 1 : 0;
        }

        Assert.InRange(ours / (double)tests, 0.02, 0.075);
        Assert.True(phi == 0 || plain / (double)tests > 0.10, $"plain {plain} of {tests}");
    }
}
