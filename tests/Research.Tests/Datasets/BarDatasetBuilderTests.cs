using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Tests.Datasets;

public sealed class BarDatasetBuilderTests
{
    [Fact]
    public void Build_BarsWithHoles_GivesOneWarmRowPerBarAtItsClose()
    {
        var bars = Market.Walk(1, 400);
        var dataset = BarDatasetBuilder.Build(Market.Btc, bars);

        var warm = bars.Where(b => b.OpenTime >= Market.At(BarsToWarm() - 1 + (bars[0].OpenTime - Market.Start).TotalMinutes)).ToArray();
        Assert.Equal(warm.Select(b => b.CloseTime), dataset.Times);
        Assert.Equal(warm.Select(b => b.Close.ToDouble()), dataset.Prices);
        Assert.Equal(FeatureSchema.Create(BarFeaturePipeline.OptionsFor(Market.Minute)).Hash, dataset.SchemaHash);
        var return60 = dataset.Features.IndexOf("return_60");
        Assert.All(Enumerable.Range(0, dataset.Rows), r => Assert.False(float.IsNaN(dataset.Row(r)[return60])));
        Assert.True(float.IsNaN(dataset.Row(0)[dataset.Features.IndexOf("spread_bps")]));

        static int BarsToWarm() => 61;
    }

    [Fact]
    public void Build_NoBars_IsRefused() => Assert.Throws<ArgumentException>(() => BarDatasetBuilder.Build(Market.Btc, []));

    [Fact]
    public void Build_Canceled_Stops() => Assert.Throws<OperationCanceledException>(
        () => BarDatasetBuilder.Build(Market.Btc, Market.Walk(1, 100), cancel: new CancellationToken(canceled: true)));
}
