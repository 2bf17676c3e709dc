using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>
/// Chooses the confidence at which a model trades: of several quantiles, the one that would have earned most after costs on
/// rows that the model was not trained on. If none earned anything, the model takes no position: its entry confidence is
/// out of reach.
/// </summary>
internal static class EntryChoice
{
    /// <summary>Fractions of rows that would be confident enough to enter.</summary>
    public static readonly double[] EntryShares = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

    /// <summary>More than any confidence.</summary>
    private const double NeverEnter = 2;

    /// <summary>Exit confidence as a fraction of the entry confidence, which avoids churn.</summary>
    private const double ExitShare = 0.5;

    /// <param name="data">Rows of the probabilities.</param>
    /// <param name="first">Row of the first probability.</param>
    /// <param name="probabilities">One per row from there on; NaN where there is none.</param>
    /// <param name="costBps">Cost of one side, in basis points.</param>
    /// <param name="meanMoveBps">Mean |return| of the label in training, in basis points.</param>
    /// <param name="outOfRangeMax">Value for the policy.</param>
    public static TradingPolicy Choose(
        FeatureDataset data, int first, double[] probabilities, double costBps, double meanMoveBps, int outOfRangeMax)
    {
        var candidates = Candidates(probabilities);
        var prices = data.Prices.AsSpan(first, probabilities.Length);
        var best = NeverEnter;
        var bestReturn = 0.0;
        foreach (var entry in candidates)
        {
            var net = QuickEstimate.Returns(prices, probabilities, Policy(entry), costBps).Sum();
            if (net > bestReturn)
            {
                (best, bestReturn) = (entry, net);
            }
        }

        return Policy(best);

        TradingPolicy Policy(double entry) => new(entry, entry * ExitShare, meanMoveBps, outOfRangeMax);
    }

    /// <summary>Entry confidences at <see cref="EntryShares"/>, ascending.</summary>
    public static double[] Candidates(double[] probabilities)
    {
        var confidences = probabilities.Where(p => !double.IsNaN(p)).Select(p => Math.Abs((2 * p) - 1)).ToArray();
        if (confidences.Length == 0)
        {
            return [1];
        }

        Array.Sort(confidences);
        return [.. EntryShares.Select(s => confidences[(int)Math.Min(confidences.Length - 1, (1 - s) * confidences.Length)])];
    }
}
