using BtcAgent.Research.Labels;

namespace BtcAgent.Research.Tests.Labels;

public sealed class FixedHorizonLabelerTests
{
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    [Fact]
    public void Label_Rows_LooksFromTheRowToTheLastPriceBeforeTheHorizon()
    {
        var rows = Market.Rows([1, 2, 3, 4.5, 6], [100, 101, 99, 102, 103]);
        var labels = new FixedHorizonLabeler(TwoMinutes).Label(rows, PricePath.FromRows(rows, TwoMinutes));

        Assert.Equal([true, true, true, false, false], labels.Known);
        Assert.Equal([-1, -1, 1], labels.Outcome[..3].Select(o => (int)o));
        Assert.Equal(1e4 * Math.Log(99.0 / 100), labels.ReturnBps[0], 3);
        Assert.Equal(1e4 * Math.Log(99.0 / 101), labels.ReturnBps[1], 3);
        Assert.Equal(1e4 * Math.Log(102.0 / 99), labels.ReturnBps[2], 3);
        Assert.Equal([.. rows.Times.Select(t => t + TwoMinutes)], labels.EndTimes);
        Assert.Equal(120_000_000_000, labels.HorizonNs);
        Assert.Equal("fixed horizon, 120 s", labels.Definition);
    }

    [Fact]
    public void Label_GapOnTheWay_IsUnknown()
    {
        var rows = Market.Rows([1, 2, 3, 10, 11, 12, 13, 14], [100, 101, 102, 103, 104, 105, 106, 107]);
        var labels = new FixedHorizonLabeler(TwoMinutes).Label(rows, PricePath.FromRows(rows, TwoMinutes));

        Assert.Equal([true, false, false, true, true, true, false, false], labels.Known);
        Assert.True(float.IsNaN(labels.ReturnBps[1]));
    }

    [Fact]
    public void Label_QuietMarket_StandsStill()
    {
        var rows = Market.Rows([1, 2, 10], [100, 101, 103]);
        var labels = new FixedHorizonLabeler(TwoMinutes).Label(rows, PricePath.FromRows(rows, TimeSpan.FromMinutes(60)));

        Assert.Equal([true, true, false], labels.Known);
        Assert.Equal(0, labels.ReturnBps[1]);
    }

    [Fact]
    public void Label_Bars_NeverUsesTheBarThatEndsWithTheRow()
    {
        var bars = new[] { Market.Bar(0, 90, 90, 90, 90), Market.Bar(1, 100, 100, 100, 100), Market.Bar(2, 110, 110, 110, 110) };
        var rows = Market.Rows([1, 2], [90, 100]);
        var labels = new FixedHorizonLabeler(Market.Minute).Label(rows, PricePath.FromBars(bars, Market.Minute));

        Assert.Equal([true, true], labels.Known);
        Assert.Equal(1e4 * Math.Log(100.0 / 90), labels.ReturnBps[0], 2);
        Assert.Equal(1e4 * Math.Log(110.0 / 100), labels.ReturnBps[1], 2);
    }
}
