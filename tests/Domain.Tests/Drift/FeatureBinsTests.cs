using BtcAgent.Domain.Drift;

namespace BtcAgent.Domain.Tests.Drift;

public sealed class FeatureBinsTests
{
    [Fact]
    public void Of_ContinuousValues_HasThirtyEqualBins()
    {
        var bins = FeatureBins.Of([.. Enumerable.Range(1, 3_000).Select(i => (float)i)]);

        Assert.Equal(29, bins.Edges.Length);
        Assert.All(bins.Counts, count => Assert.Equal(100, count));
        Assert.Equal((3_000, 0, null), (bins.Known, bins.Missing, bins.Problem()));
    }

    [Fact]
    public void Of_RepeatedAndMissingValues_MergesBinsAndCountsTheMissing()
    {
        var bins = FeatureBins.Of([0, 0, 0, 0, 0, 0, 1, 2, float.NaN, float.PositiveInfinity]);

        Assert.Equal([0f, 1f], bins.Edges);
        Assert.Equal([6L, 1L, 1L], bins.Counts);
        Assert.Equal((2, 10, null), (bins.Missing, bins.Rows, bins.Problem()));
    }

    [Theory]
    [InlineData(-1f, 0)]
    [InlineData(0f, 0)]
    [InlineData(0.5f, 1)]
    [InlineData(1f, 1)]
    [InlineData(1.5f, 2)]
    [InlineData(99f, 2)]
    public void BinOf_Value_IsAboveTheEdgeBefore(float value, int bin) =>
        Assert.Equal(bin, FeatureBins.Of([0, 0, 0, 0, 0, 0, 1, 2]).BinOf(value));

    [Fact]
    public void Of_ConstantOrNothing_HasOneBin()
    {
        Assert.Equal([2L], FeatureBins.Of([5, 5]).Counts);
        Assert.Equal([0L], FeatureBins.Of([float.NaN]).Counts);
    }

    [Fact]
    public void Problem_BinsOfAFile_NamesIt()
    {
        var good = FeatureBins.Of([1, 2, 3]);

        Assert.Null(good.Problem());
        Assert.All(
            [good with { Edges = [3, 2] }, good with { Counts = [1] }, good with { Edges = [1, float.NaN] }, good with { Counts = [-1, 1, 1] },
                good with { Missing = -1 }, good with { Edges = default }, good with { Edges = [], Counts = [0] }],
            bad => Assert.NotNull(bad.Problem()));
    }
}
