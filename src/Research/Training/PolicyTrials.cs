using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trades each entry threshold that could have been chosen over the out-of-sample rows, to estimate how often the choice
/// would have been overfit and how much the trials vary.
/// </summary>
/// <param name="Count">Number of thresholds tried.</param>
/// <param name="SharpeVariance">Variance (ddof 1) of their Sharpe ratios per period.</param>
/// <param name="OverfittingProbability">See <see cref="BacktestOverfitting"/>; NaN with too few periods.</param>
internal sealed record PolicyTrials(int Count, double SharpeVariance, double OverfittingProbability)
{
    public static PolicyTrials Of(FeatureDataset data, OutOfSampleScores scores, double costBps)
    {
        var period = PeriodOf(data);
        var series = EntryChoice.Candidates(scores.Probabilities)
            .Select(entry => QuickEstimate.Returns(data.Prices, scores.Probabilities, new(entry, entry / 2, 0, 0), costBps))
            .Select(returns => Resample(data, scores, returns, period))
            .ToArray();
        var sharpes = series.Select(Sharpe).ToArray();
        var mean = sharpes.Average();
        return new PolicyTrials(
            series.Length,
            sharpes.Sum(s => (s - mean) * (s - mean)) / (sharpes.Length - 1),
            series[0].Length >= 2 * BacktestOverfitting.MaxBlocks ? BacktestOverfitting.Of(series).Probability : double.NaN);
    }

    /// <summary>Days when there are enough of them, otherwise minutes.</summary>
    private static TimeSpan PeriodOf(FeatureDataset data) =>
        data.Times[^1] - data.Times[0] > TimeSpan.FromDays(30) ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1);

    private static double[] Resample(FeatureDataset data, OutOfSampleScores scores, double[] returns, TimeSpan period)
    {
        var sums = new SortedDictionary<long, double>();
        for (var i = 0; i < returns.Length; i++)
        {
            if (!double.IsNaN(scores.Probabilities[i]))
            {
                var key = data.Times[i].UnixNanoseconds / (period.Ticks * 100);
                sums[key] = sums.GetValueOrDefault(key) + returns[i];
            }
        }

        return [.. sums.Values];
    }

    private static double Sharpe(double[] returns)
    {
        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / Math.Max(1, returns.Length - 1));
        return deviation > 0 ? mean / deviation : 0;
    }
}
