using System.Collections.Immutable;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Training;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Tests.Training;

/// <summary>No row's probability comes from a curve that was fitted on its own block or on labels that overlap it.</summary>
public sealed class CrossFitTests
{
    private const int Rows = 500;

    [Fact]
    public void Probabilities_OneBlockOnlyRises_ItsOwnProbabilitiesDoNotKnowThat()
    {
        var probabilities = Fit(Rows, 1, row => row is >= 200 and < 300 || row % 2 == 0);

        Assert.All(probabilities[200..300], p => Assert.Equal(0.5, p, 2));
        Assert.All(probabilities[..200].Concat(probabilities[300..]), p => Assert.InRange(p, 0.55, 0.7));
    }

    /// <summary>The rows whose labels overlap the block from 200 to 299, and only they, rise together.</summary>
    [Fact]
    public void Probabilities_LabelsOverlapTheBlock_AreLeftOut()
    {
        const int Horizon = 20;

        var probabilities = Fit(
            Rows, Horizon, row => row is > 200 - Horizon and < 200 or >= 300 and < 299 + Horizon || row % 2 == 0);

        Assert.All(probabilities[200..300], p => Assert.Equal(0.5, p, 2));
        Assert.All(probabilities[..100], p => Assert.InRange(p, 0.52, 0.6));
    }

    [Fact]
    public void Probabilities_LabelsLongerThanTheRows_GiveNoBlock() => Assert.Empty(Fit(20, 30, row => row % 2 == 0));

    private static double[] Fit(int rows, int horizon, Func<int, bool> rises)
    {
        var times = Enumerable.Range(0, rows).Select(i => Market.At(i + 1)).ToArray();
        var data = new FeatureDataset(Market.Btc, 1, ImmutableArray.Create("signal"), times, new double[rows], new float[rows]);
        var labels = new LabelSet(
            "test",
            (long)(Market.Minute * horizon).TotalNanoseconds,
            [.. Enumerable.Repeat(true, rows)],
            [.. Enumerable.Range(0, rows).Select(i => (sbyte)(rises(i) ? 1 : -1))],
            new float[rows],
            [.. Enumerable.Range(0, rows).Select(i => Market.At(i + 1 + horizon))]);
        var blocks = CrossFit.Of(
            new RowRange(0, rows), new double[rows], labels, new Purging(data, labels), (s, o) => PlattCalibrator.Fit(s, o));
        return [.. blocks.SelectMany(b => b.Probabilities)];
    }
}
