using BtcAgent.Domain.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using CsCheck;

namespace BtcAgent.Research.Tests.Labels;

public sealed class TripleBarrierLabelerTests
{
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(100, 101.5, 99.5, 100, 1, 100)] // up inside the bar, at the barrier
    [InlineData(100, 100.5, 98, 99, -1, -100)] // down inside the bar
    [InlineData(100, 102, 98, 100.2, 0, 19.98)] // both, order unknown: neither wins, at the close
    [InlineData(103, 104, 98, 99, 1, 295.588)] // opens beyond the upper one: that was first, at the open
    [InlineData(97, 104, 96, 103, -1, -304.592)]
    public void Label_OneBar_IsDecidedByWhatIsKnownOfItsOrder(
        double open, double high, double low, double close, int outcome, double bps)
    {
        var bars = new[] { Market.Bar(0, 100, 100, 100, 100), Market.Bar(1, open, high, low, close), Flat(2), Flat(3), Flat(4) };
        var labels = Label(Market.Rows([1], [100]), bars, 100, 100);

        Assert.True(labels.Known[0]);
        Assert.Equal(outcome, labels.Outcome[0]);
        Assert.Equal(bps, labels.ReturnBps[0], 2);
        Assert.Equal(Market.At(2), labels.EndTimes[0]);
    }

    [Fact]
    public void Label_NoTouch_EndsAtTheHorizonWithItsReturn()
    {
        var bars = new[] { Flat(1), Flat(2), Market.Bar(3, 100, 100.2, 100, 100.2), Market.Bar(4, 105, 105, 105, 105) };
        var labels = Label(Market.Rows([1], [100]), bars, 100, 100);

        Assert.Equal((true, 0, Market.At(4)), (labels.Known[0], labels.Outcome[0], labels.EndTimes[0]));
        Assert.Equal(1e4 * Math.Log(1.002), labels.ReturnBps[0], 2);
        Assert.Equal("triple barrier, +100/-100 bps, 180 s", labels.Definition);
    }

    [Fact]
    public void Label_DataEnd_IsKnownOnlyAfterATouch()
    {
        Bar[] bars = [Flat(1), Market.Bar(2, 100, 102, 100, 102), Market.Bar(3, 102, 102, 102, 102)];
        var labels = Label(Market.Rows([1, 2, 3], [100, 100, 102]), bars, 100, 100);

        Assert.Equal([true, true, false], labels.Known);
    }

    [Fact]
    public void Label_TouchBehindAGap_IsUnknown()
    {
        var labels = Label(
            Market.Rows([1], [100]), [Flat(1), Market.Bar(3, 100, 102, 100, 102), Flat(4), Flat(5)], 100, 100, pauseSeconds: 30);

        Assert.Equal([false], labels.Known);
    }

    [Fact]
    public void Label_RandomBars_EqualsTheScanBarByBar() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 40], Gen.Int[1, 25]).Sample((seed, width, minutes) =>
        {
            var bars = Market.Walk(seed, 220, 0.2);
            var rows = new FeatureDataset(
                Market.Btc, 1, [], [.. bars.Select(b => b.CloseTime)], [.. bars.Select(b => b.Close.ToDouble())], []);
            var pause = TimeSpan.FromMinutes(2);
            var horizon = TimeSpan.FromMinutes(minutes);
            var labels = new TripleBarrierLabeler(BarrierWidths.Fixed(width, width + 3), horizon)
                .Label(rows, PricePath.FromBars(bars, pause));
            for (var row = 0; row < rows.Rows; row++)
            {
                var expected = Scan(bars, row, width, width + 3, horizon, pause);
                Assert.Equal(expected, labels.Known[row] ? (labels.Outcome[row], labels.EndTimes[row]) : null);
            }
        }, iter: 60);

    [Fact]
    public void Label_VolatilityWidths_KnowNothingOfTheFuture()
    {
        var bars = Market.Walk(5, 300, 0);
        var rows = BarDatasetBuilder.Build(Market.Btc, bars);
        var labeler = new TripleBarrierLabeler(BarrierWidths.OfVolatility(1, 1, 20), Horizon);
        var whole = labeler.Label(rows, PricePath.FromBars(bars, Horizon));
        var wild = bars.Select((b, i) => i < 200 ? b : Market.Bar(i, 1, 90_000, 1, 90_000)).ToArray();
        var changed = labeler.Label(BarDatasetBuilder.Build(Market.Btc, wild), PricePath.FromBars(wild, Horizon));
        var before = rows.Times.Count(t => t <= Market.At(197));

        Assert.All(Enumerable.Range(0, 20), i => Assert.False(whole.Known[i]));
        Assert.All(Enumerable.Range(20, before - 20), i => Assert.True(whole.Known[i]));
        Assert.Equal(whole.Outcome[..before], changed.Outcome[..before]);
        Assert.Equal(whole.ReturnBps[..before], changed.ReturnBps[..before]);
        Assert.InRange(whole.Outcome.Count(o => o != 0), rows.Rows / 4, rows.Rows);
    }

    private static (sbyte, Timestamp)? Scan(Bar[] bars, int row, double up, double down, TimeSpan horizon, TimeSpan pause)
    {
        var price = bars[row].Close.ToDouble();
        var (upper, lower) = (price * Math.Exp(up / 1e4), price * Math.Exp(-down / 1e4));
        var deadline = bars[row].CloseTime + horizon;
        for (var i = row + 1; i < bars.Length; i++)
        {
            if (bars[i].OpenTime - bars[i - 1].CloseTime > pause)
            {
                return bars[i - 1].CloseTime >= deadline ? (0, deadline) : null;
            }

            if (bars[i].CloseTime > deadline)
            {
                return (0, deadline);
            }

            var (open, high, low) = (bars[i].Open.ToDouble(), bars[i].High.ToDouble(), bars[i].Low.ToDouble());
            if (high >= upper || low <= lower)
            {
                var outcome = open >= upper ? 1 : open <= lower ? -1 : high >= upper && low <= lower ? 0 : high >= upper ? 1 : -1;
                return ((sbyte)outcome, bars[i].CloseTime);
            }
        }

        return bars[^1].CloseTime == deadline && row < bars.Length - 1 ? (0, deadline) : null;
    }

    private static Bar Flat(double minute) => Market.Bar(minute, 100, 100, 100, 100);

    private static LabelSet Label(FeatureDataset rows, Bar[] bars, double up, double down, int pauseSeconds = 60) =>
        new TripleBarrierLabeler(BarrierWidths.Fixed(up, down), Horizon)
            .Label(rows, PricePath.FromBars(bars, TimeSpan.FromSeconds(pauseSeconds)));
}
