using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;
using CsCheck;

namespace BtcAgent.Research.Tests.Validation;

public sealed class SplitTests
{
    private static readonly Gen<(FeatureDataset Rows, LabelSet Labels, TimeSpan Embargo)> Cases =
        Gen.Select(Gen.Double[0.1, 3].Array[150, 300], Gen.Double[0.5, 5], Gen.Double[0, 1].Array[300], Gen.Int[0, 4])
            .Select((gaps, horizon, shares, embargo) =>
            {
                var minute = 0.0;
                double[] minutes = [.. gaps.Select(g => minute += g)];
                Timestamp[] ends = [.. minutes.Select((m, i) => Market.At(m + (horizon * shares[i])))];
                var labels = new LabelSet(
                    "test", (long)(horizon * 6e10), [.. minutes.Select((_, i) => i % 7 != 3)], new sbyte[gaps.Length],
                    new float[gaps.Length], ends);
                return (Market.Rows(minutes, [.. minutes.Select(_ => 1.0)]), labels, TimeSpan.FromMinutes(embargo));
            });

    [Fact]
    public void WalkForward_AnyLabels_LearnsOnlyFromWhatEndedBeforeTheTest() =>
        Gen.Select(Cases, Gen.Int[1, 6], Gen.Bool).Sample((c, count, rolling) =>
        {
            TimeSpan? length = rolling ? TimeSpan.FromMinutes(60) : null;
            var folds = new WalkForward(count, c.Embargo, length, 0.3).Split(c.Rows, c.Labels);
            Assert.Equal(count, folds.Count);
            Assert.Equal(c.Rows.Rows, folds[^1].Test[0].To);
            for (var i = 0; i < count; i++)
            {
                var test = folds[i].Test[0];
                Assert.True(i == 0 || test.From == folds[i - 1].Test[0].To);
                var start = c.Rows.Times[test.From];
                Assert.NotEmpty(folds[i].TrainRows(c.Labels));
                foreach (var row in folds[i].TrainRows(c.Labels))
                {
                    Assert.True(c.Labels.Known[row]);
                    Assert.True(c.Labels.EndTimes[row] + c.Embargo < start);
                    Assert.True(length is null || c.Rows.Times[row] >= start - length.Value);
                }
            }
        }, iter: 100);

    [Fact]
    public void Split_TooFewRows_IsRefused()
    {
        var rows = Market.Rows([1, 2, 3], [1, 1, 1]);
        var labels = new LabelSet("test", 600_000_000_000, [true, true, true], new sbyte[3], new float[3], [.. rows.Times]);

        Assert.Throws<ArgumentException>(() => new WalkForward(2, TimeSpan.Zero).Split(rows, labels));
    }

    [Fact]
    public void OfShare_OnePercent_IsOfTheWholeTime() =>
        Assert.Equal(TimeSpan.FromMinutes(1), Embargo.OfShare(Market.Rows([0, 100], [1, 1]), 0.01));
}
