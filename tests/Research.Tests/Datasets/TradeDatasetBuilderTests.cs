using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;

namespace BtcAgent.Research.Tests.Datasets;

public sealed class TradeDatasetBuilderTests
{
    private static readonly TradeTick[] Trades = Walk(4_000);

    [Fact]
    public void Build_Trades_GivesTheTechnicalValuesOfTheirBars()
    {
        var dataset = TradeDatasetBuilder.Build(Market.Btc, new FeatureOptions(), Trades);
        var bars = new List<Bar>();
        var builder = new BarBuilder(TimeSpan.FromSeconds(1));
        foreach (var trade in Trades)
        {
            builder.OnTrade(trade.Time, trade.Price, trade.Quantity, Side.Buy);
            while (builder.TryTakeClosed(out var bar))
            {
                bars.Add(bar);
            }
        }

        var fromBars = BarDatasetBuilder.Build(Market.Btc, bars.ToArray());
        Assert.Equal(fromBars.SchemaHash, dataset.SchemaHash);
        var compared = 0;
        for (var row = 0; row < dataset.Rows; row++)
        {
            var other = Array.BinarySearch(fromBars.Times, dataset.Times[row]);
            if (other >= 0)
            {
                var from = dataset.Features.IndexOf("return_1");
                Assert.Equal(fromBars.Row(other)[from..], dataset.Row(row)[from..]);
                Assert.Equal(fromBars.Prices[other], dataset.Prices[row]);
                compared++;
            }
        }

        Assert.InRange(compared, 500, dataset.Rows);
        Assert.All(Enumerable.Range(0, dataset.Rows), r => Assert.True(float.IsNaN(dataset.Row(r)[0])));
    }

    [Fact]
    public void Build_PricesThatRiseThenFall_FollowsTheTickRule()
    {
        // Up for 70 s, each price twice: bought, the repeats too. Then down: sold.
        var trades = Enumerable.Range(0, 280).Select(i => Tick(i * 500, i < 140 ? 100 + (i / 2) : 170 - ((i - 140) / 2), 1)).ToArray();
        var dataset = TradeDatasetBuilder.Build(Market.Btc, new FeatureOptions(), trades);
        var flow = dataset.Features.IndexOf("tfi_5s");

        Assert.Equal(1, dataset.Row(0)[flow]);
        Assert.Equal(-1, dataset.Row(dataset.Rows - 1)[flow]);
    }

    [Fact]
    public void Build_Trades_LooksNotAhead()
    {
        var dataset = TradeDatasetBuilder.Build(Market.Btc, new FeatureOptions(), Trades);
        var rows = LookAheadAudit.ChooseRows(dataset, 6, seed: 5);

        Assert.Empty(LookAheadAudit.Run(dataset, rows, t => TradeDatasetBuilder.Build(
            Market.Btc, new FeatureOptions(), [.. Trades.TakeWhile(x => x.Time < t)], until: t)));
    }

    [Fact]
    public void Build_TimeThatGoesBack_IsRefused() => Assert.Throws<ArgumentException>(() => TradeDatasetBuilder.Build(
        Market.Btc, new FeatureOptions(), [Tick(10, 1, 1), Tick(9, 1, 1)]));

    private static TradeTick[] Walk(int count)
    {
        var random = new Random(9);
        var (ms, price) = (0, 40_000.0);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            ms += random.Next(0, 500);
            price += random.Next(-3, 4);
            return Tick(ms, price, random.NextDouble() + 0.01);
        })];
    }

    private static TradeTick Tick(int ms, double price, double quantity) => new(
        Market.Start + TimeSpan.FromMilliseconds(ms), Price.FromDecimal((decimal)price), Quantity.FromUnits((long)(quantity * 1e8)));
}
