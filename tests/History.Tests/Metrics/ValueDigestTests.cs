using BtcAgent.History.Metrics;

namespace BtcAgent.History.Tests.Metrics;

public sealed class ValueDigestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1e-4)]
    [InlineData(1e6)]
    public void Quantile_ManyValues_IsWithinOnePercent(double scale)
    {
        var digest = new ValueDigest();
        for (var i = 1; i <= 1_000; i++)
        {
            digest.Add(i * scale);
        }

        var (low, high) = scale > 0 ? (500 * scale, 990 * scale) : (501 * scale, 11 * scale);
        Assert.InRange(digest.Quantile(0.5) / low, 0.985, 1.015);
        Assert.InRange(digest.Quantile(0.99) / high, 0.985, 1.015);
        Assert.Equal(1_000, digest.Count);
        Assert.Equal(500_500, digest.Sum / scale, 1e-6);
    }

    [Fact]
    public void Add_ZeroAndNotANumber_CountsTheZero()
    {
        var digest = new ValueDigest();
        digest.Add(0);
        digest.Add(double.NaN);
        Assert.Equal((1, 0d, 0d), (digest.Count, digest.Min, digest.Quantile(0.99)));
    }
}
