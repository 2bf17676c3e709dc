using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trades each entry threshold that could have been chosen over the out-of-sample rows, to estimate how many independent trials
/// they are and how often the choice among them would have been overfit.
/// </summary>
/// <param name="Count">Number of thresholds tried.</param>
/// <param name="Independent">See <see cref="IndependentTrials"/>; thresholds of one score are nested and move together.</param>
/// <param name="OverfittingProbability">See <see cref="BacktestOverfitting"/>; NaN with too few periods.</param>
internal sealed record PolicyTrials(int Count, int Independent, double OverfittingProbability)
{
    public static PolicyTrials Of(FeatureDataset data, OutOfSampleScores scores, double costBps)
    {
        var thresholds = EntryChoice.Thresholds(scores.Probabilities) ?? [1];
        var periods = Periods(data, scores);
        var net = thresholds.Select(entry => Returns(data, scores, entry, costBps, periods)).ToArray();
        var gross = thresholds.Select(entry => Returns(data, scores, entry, 0, periods)).ToArray();
        var canSplit = net.Length > 1 && net[0].Length >= 2 * BacktestOverfitting.MaxBlocks;
        return new PolicyTrials(
            net.Length,
            IndependentTrials.Of(gross),
            canSplit ? BacktestOverfitting.Of(net).Probability : double.NaN);
    }

    /// <summary>The position of each row's period in the series of returns; −1 for a row without a score.</summary>
    private static int[] Periods(FeatureDataset data, OutOfSampleScores scores)
    {
        var positions = new int[data.Rows];
        Array.Fill(positions, -1);
        var first = Array.FindIndex(scores.Probabilities, p => !double.IsNaN(p));
        var last = Array.FindLastIndex(scores.Probabilities, p => !double.IsNaN(p));
        if (first < 0)
        {
            return positions;
        }

        var period = ReturnPeriod.For(data.Times[last] - data.Times[first]);
        var start = EquityRecorder.PeriodOf(data.Times[first], period);
        for (var i = first; i <= last; i++)
        {
            positions[i] = (int)(EquityRecorder.PeriodOf(data.Times[i], period) - start);
        }

        return positions;
    }

    private static double[] Returns(FeatureDataset data, OutOfSampleScores scores, double entry, double costBps, int[] periods)
    {
        var sums = new double[periods.Max() + 1];
        var returns = QuickEstimate.Returns(data.Prices, scores.Probabilities, new(entry, entry / 2, 0, 0), costBps);
        for (var i = 0; i < returns.Length; i++)
        {
            if (periods[i] >= 0)
            {
                sums[periods[i]] += returns[i];
            }
        }

        return sums;
    }
}
