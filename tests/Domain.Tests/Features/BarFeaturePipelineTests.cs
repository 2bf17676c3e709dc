using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Features;

public sealed class BarFeaturePipelineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Write_BarsOfATradeFeed_EqualsTheEventPipelineBitForBit()
    {
        var feed = SyntheticFeed.Make(3, 9_000);
        var live = SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed).ToDictionary(s => s.EventTime);
        var trades = feed.Select(s => s.Event).Where(e => e.Kind == MarketEventKind.Trade);
        var bars = Bars(trades).Where(b => !b.IsEmpty).ToList();
        var pipeline = new BarFeaturePipeline(Second);
        var values = new float[pipeline.Schema.Count];
        var compared = 0;
        foreach (var bar in bars)
        {
            Assert.True(pipeline.Apply(in bar));
            pipeline.Write(values);
            if (!live.TryGetValue(bar.CloseTime, out var sample))
            {
                continue;
            }

            Assert.Equal(sample.SchemaHash, pipeline.Schema.Hash);
            for (var i = 0; i < values.Length; i++)
            {
                var definition = pipeline.Schema.Definitions[i];
                var expected = definition.Group is FeatureGroup.Technical or FeatureGroup.Calendar ? sample.Values[i] : float.NaN;
                Assert.True(expected.Equals(values[i]), $"{definition.Name} at {bar.CloseTime}: {expected:R}, not {values[i]:R}");
            }

            compared++;
        }

        Assert.True(compared > 250, $"{compared} bars compared");
        Assert.True(pipeline.IsWarm);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(5_000)]
    public void Apply_PauseInTrading_FillsAsTheBarBuilderDoes(int pause)
    {
        var trades = Enumerable.Range(0, 70).Select(i => SyntheticFeed.Trade(1_000 * i, 50_000_00 + (i % 7), 3, true))
            .Concat(Enumerable.Range(70 + pause, 9).Select(i => SyntheticFeed.Trade(1_000 * i, 50_000_00 + (i % 5), 2, true)));
        var all = Bars(trades);
        var (filled, given) = (new BarFeaturePipeline(Second), new BarFeaturePipeline(Second));
        all.Where(b => !b.IsEmpty).ToList().ForEach(b => filled.Apply(in b));
        all.ForEach(b => given.Apply(in b));
        var (a, e) = (new float[filled.Schema.Count], new float[filled.Schema.Count]);
        filled.Write(a);
        given.Write(e);

        Assert.Equal(e, a);
        Assert.Equal(Math.Min(pause, BarBuilder.DefaultMaxEmptyBars), filled.EmptyBars);
        Assert.Equal(filled.EmptyBars, given.EmptyBars);
    }

    [Fact]
    public void Apply_BarOffGridOrOutOfOrder_IsRefused()
    {
        var pipeline = new BarFeaturePipeline(Second);
        var bar = Bars([SyntheticFeed.Trade(5_000, 1_00, 1, true)])[0];
        pipeline.Apply(in bar);

        Assert.Throws<ArgumentException>(() => pipeline.Apply(in bar));
        Assert.Throws<ArgumentException>(() => pipeline.Apply(bar with { OpenTime = OrderFixture.At(9_500) }));
        Assert.Throws<ArgumentException>(() => pipeline.Apply(bar with { Interval = 2 * Second, OpenTime = OrderFixture.At(10_000) }));
    }

    private static List<Bar> Bars(IEnumerable<MarketEvent> trades)
    {
        var builder = new BarBuilder(Second);
        var bars = new List<Bar>();
        foreach (var trade in trades.Append(SyntheticFeed.Trade(100_000_000, 50_000_00, 1, true)))
        {
            builder.AdvanceTo(trade.EventTime);
            while (bars.Count < 10_000 && builder.TryTakeClosed(out var bar))
            {
                bars.Add(bar);
            }

            builder.OnTrade(trade.EventTime, trade.Price, trade.Quantity, trade.Aggressor);
        }

        // The last trade only closes what was open: the empty bars of the pause before it don't count.
        while (bars.Count > 0 && bars[^1].IsEmpty)
        {
            bars.RemoveAt(bars.Count - 1);
        }

        return bars;
    }
}
