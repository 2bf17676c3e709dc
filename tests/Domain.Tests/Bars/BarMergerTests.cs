using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Tests.Strategies;

namespace BtcAgent.Domain.Tests.Bars;

public sealed class BarMergerTests
{
    [Fact]
    public void OnBar_BarsOfAnInterval_HaveItsPricesAndSums()
    {
        var merger = new BarMerger(TimeSpan.FromSeconds(3));

        Assert.Equal([], Closed(merger, StrategyFixture.BarAt(0, 100, range: 2), StrategyFixture.BarAt(1, 105, range: 1)));
        var bar = Assert.Single(Closed(merger, StrategyFixture.BarAt(2, 95, range: 4)));

        Assert.Equal((StrategyFixture.Start, TimeSpan.FromSeconds(3)), (bar.OpenTime, bar.Interval));
        Assert.Equal((100m, 106m, 91m, 95m), (bar.Open.ToDecimal(), bar.High.ToDecimal(), bar.Low.ToDecimal(), bar.Close.ToDecimal()));
        Assert.Equal((6m, 3m, 600m, 9), (bar.Volume.ToDecimal(), bar.BuyVolume.ToDecimal(), bar.QuoteVolume, bar.TradeCount));
    }

    [Fact]
    public void OnBar_MissingEnd_ClosesAtTheNextBar()
    {
        var merger = new BarMerger(TimeSpan.FromSeconds(3));

        var closed = Closed(merger, StrategyFixture.BarAt(0, 100), StrategyFixture.BarAt(11, 90));

        Assert.Equal([100m, 90m], closed.Select(bar => bar.Close.ToDecimal()));
        Assert.Equal([0, 9], closed.Select(bar => (bar.OpenTime - StrategyFixture.Start).TotalSeconds));
    }

    [Fact]
    public void OnBar_IntervalWithoutTrades_HasNoBar() => Assert.Equal(
        [100m],
        Closed(
            new BarMerger(TimeSpan.FromSeconds(2)),
            [.. Enumerable.Range(0, 8).Select(i => StrategyFixture.BarAt(i, 100, volume: i == 1 ? 1 : 0))]).Select(bar => bar.Close.ToDecimal()));

    [Fact]
    public void OnBar_ClosedBarsNotTaken_Throws()
    {
        var merger = new BarMerger(TimeSpan.FromSeconds(1));

        Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                merger.OnBar(StrategyFixture.BarAt(i, 100));
            }
        });
    }

    private static List<Bar> Closed(BarMerger merger, params ReadOnlySpan<Bar> bars)
    {
        var closed = new List<Bar>();
        foreach (ref readonly var bar in bars)
        {
            merger.OnBar(in bar);
            while (merger.TryTakeClosed(out var each))
            {
                closed.Add(each);
            }
        }

        return closed;
    }
}
