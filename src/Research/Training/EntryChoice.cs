using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>
/// Chooses the confidence at which a model trades: of several shares of the rows, the one with the highest Sharpe ratio after
/// costs on rows that neither the forest nor their calibration was fitted on. If it is not above what the best of this many
/// candidates without skill is expected to show, the model takes no position: its entry confidence is out of reach.
/// <para>
/// A ratio, because the sum alone prefers luck: a low threshold is always in the market, and over a few days of validation the
/// market's own moves are larger than what the rare signals earn. The verdict judges by the same ratio. A share, because each
/// calibration has its own scale: where confidences are close together, one threshold for all would choose among calibrations.
/// </para>
/// </summary>
internal static class EntryChoice
{
    /// <summary>
    /// Fractions of rows that would be confident enough to enter, each √½ of the one before: whatever share of the rows carries a
    /// signal, a candidate is at most that factor away. A threshold amid the signal enters late and leaves early, again and again.
    /// </summary>
    private static readonly double[] EntryShares = [.. Enumerable.Range(2, 14).Select(i => Math.Pow(0.5, i / 2.0))];

    /// <summary>More than any confidence.</summary>
    private const double NeverEnter = 2;

    /// <param name="data">Rows of the probabilities.</param>
    /// <param name="blocks">Rows to try the candidates on; a position is closed at the end of each.</param>
    /// <param name="served">The probabilities of all these rows by the calibration that will be served.</param>
    /// <param name="costBps">Cost of one side, in basis points.</param>
    /// <param name="meanMoveBps">Mean |return| of the label in training, in basis points.</param>
    /// <param name="outOfRangeMax">Value for the policy.</param>
    /// <param name="exitRatio">Exit confidence as a fraction of the entry confidence.</param>
    /// <param name="entryShare">Fraction of rows that are confident enough, in place of a choice; null to choose.</param>
    public static TradingPolicy Choose(
        FeatureDataset data,
        IReadOnlyList<CalibratedBlock> blocks,
        double[] served,
        double costBps,
        double meanMoveBps,
        int outOfRangeMax,
        double exitRatio = 0.5,
        double? entryShare = null)
    {
        if (Thresholds(served) is not { } thresholds)
        {
            return Policy(NeverEnter);
        }

        if (entryShare is { } share)
        {
            return Policy(Confidence(SortedConfidences(served), share));
        }

        double[][] net = [.. thresholds.Select((_, i) => Returns(i, costBps))];
        var ratios = net.Select(n => ReturnStatistics.Sharpe(n, 1)).ToArray();

        // NaN without a trade, which is not better than luck; for one independent candidate luck is 0.
        var best = Enumerable.Range(0, ratios.Length).MaxBy(i => ratios[i]);
        return ratios[best] > Luck() ? Policy(thresholds[best]) : Policy(NeverEnter);

        TradingPolicy Policy(double entry) => new(entry, entry * exitRatio, meanMoveBps, outOfRangeMax);

        double Luck() => DeflatedSharpe.ExpectedMaximumBySampling(
            IndependentTrials.Of([.. thresholds.Select((_, i) => Returns(i, 0))]), net[0].Length);

        double[] Returns(int candidate, double cost) => [.. blocks.SelectMany(b => b.Thresholds is null
            ? new double[b.Rows.Count]
            : QuickEstimate.Returns(
                data.Prices.AsSpan(b.Rows.From, b.Rows.Count), b.Probabilities, Policy(b.Thresholds[candidate]), cost))];
    }

    /// <summary>
    /// Entry confidence for each of <see cref="EntryShares"/>, ascending. Null for constant probabilities: their position would be
    /// the market's, held from the first row to the last.
    /// </summary>
    /// <param name="probabilities">One per row; NaN where there is none.</param>
    public static double[]? Thresholds(double[] probabilities)
    {
        double[] known = [.. probabilities.Where(p => !double.IsNaN(p))];
        if (!Array.Exists(known, p => p != known[0]))
        {
            return null;
        }

        var confidences = SortedConfidences(known);
        return [.. EntryShares.Select(s => Confidence(confidences, s))];
    }

    private static double[] SortedConfidences(double[] probabilities)
    {
        double[] confidences = [.. probabilities.Where(p => !double.IsNaN(p)).Select(p => Math.Abs((2 * p) - 1))];
        Array.Sort(confidences);
        return confidences;
    }

    private static double Confidence(double[] sorted, double share) =>
        sorted[(int)Math.Min(sorted.Length - 1, (1 - share) * sorted.Length)];
}
