using BtcAgent.Domain.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;

namespace BtcAgent.Research.Tests.Leakage;

public sealed class LeakageTests
{
    private static readonly Bar[] Bars = Market.Walk(8, 3_000);
    private static readonly FeatureDataset Honest = BarDatasetBuilder.Build(Market.Btc, Bars);

    private static readonly LabelSet Labels = new TripleBarrierLabeler(BarrierWidths.Fixed(12, 12), TimeSpan.FromMinutes(20))
        .Label(Honest, PricePath.FromBars(Bars, TimeSpan.FromMinutes(60)));

    [Fact]
    public void Audit_BarDataset_IsTheSameFromEachPast()
    {
        var rows = LookAheadAudit.ChooseRows(Honest, 12, seed: 1);

        Assert.Equal(rows, LookAheadAudit.ChooseRows(Honest, 12, seed: 1));
        Assert.Contains(Honest.Rows - 1, rows);
        Assert.Empty(LookAheadAudit.Run(Honest, rows, t => BarDatasetBuilder.Build(Market.Btc, Until(t))));
    }

    [Fact]
    public void Audit_FeatureThatPeeksOneBarAhead_IsNamedWithItsRow()
    {
        FeatureDataset Peeking(Bar[] bars) => WithFeature(
            BarDatasetBuilder.Build(Market.Btc, bars), "volume_ratio", (d, i) => (float)(d.Prices[Math.Min(i + 1, d.Rows - 1)] / d.Prices[i]));
        var rows = LookAheadAudit.ChooseRows(Honest, 4, seed: 2);
        var found = LookAheadAudit.Run(Peeking(Bars), rows[..^1], t => Peeking(Until(t)));

        Assert.Equal(rows[..^1].Select(r => (Honest.Times[r], "volume_ratio")), found.Select(f => (f.Time, f.Feature)));
        Assert.All(found, f => Assert.Equal(1, f.FromPast));
    }

    [Fact]
    public void Audit_RowThatThePastDoesNotGive_IsFound()
    {
        var found = LookAheadAudit.Run(Honest, [100], t => BarDatasetBuilder.Build(Market.Btc, Until(t)[..^1]));

        Assert.Equal("row", Assert.Single(found).Feature);
    }

    [Fact]
    public void ShiftedLabel_HonestFeatures_AreNotSuspect() => Assert.Empty(new ShiftedLabelTest().Run(Honest, Labels));

    [Fact]
    public void ShiftedLabel_FeatureThatIsTheLabel_IsSuspect() =>
        AssertSuspect("rsi_14", "label", (_, i) => Labels.Outcome[i]);

    [Fact]
    public void ShiftedLabel_FeatureThatIsTheFutureReturnWithNoise_IsSuspect()
    {
        var random = new Random(3);
        AssertSuspect("macd", "label", (_, i) => Labels.ReturnBps[i] + (float)(8 * (random.NextDouble() - 0.5)));
    }

    [Fact]
    public void ShiftedLabel_FeatureThatPeeksOneBarAhead_IsSuspect() =>
        AssertSuspect("return_1", "next row", (d, i) => i + 1 < d.Rows ? (float)(d.Prices[i + 1] / d.Prices[i]) : float.NaN);

    private static void AssertSuspect(string feature, string target, Func<FeatureDataset, int, float> value)
    {
        var found = new ShiftedLabelTest().Run(WithFeature(Honest, feature, value), Labels);

        Assert.Contains((feature, target), found.Select(f => (f.Feature, f.Target)));
        Assert.All(found, f => Assert.Equal(feature, f.Feature));
    }

    private static Bar[] Until(Timestamp time) => [.. Bars.Where(b => b.CloseTime <= time)];

    private static FeatureDataset WithFeature(FeatureDataset dataset, string feature, Func<FeatureDataset, int, float> value)
    {
        var values = (float[])dataset.Values.Clone();
        for (var row = 0; row < dataset.Rows; row++)
        {
            values[(row * dataset.Features.Length) + dataset.Features.IndexOf(feature)] = value(dataset, row);
        }

        return new(dataset.Instrument, dataset.SchemaHash, dataset.Features, dataset.Times, dataset.Prices, values);
    }
}
