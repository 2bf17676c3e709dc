using System.Collections.Immutable;

namespace BtcAgent.Research.Calibration;

/// <summary>Measures how well probabilities match outcomes.</summary>
/// <param name="Bins">Bins of equal width over 0…1.</param>
/// <param name="Brier">Mean squared difference of probability and outcome; 0 best. Source: Brier 1950.</param>
/// <param name="ExpectedCalibrationError">
/// Mean |predicted − observed| of the bins, weighted by count. Source: Naeini, Cooper, Hauskrecht 2015.
/// </param>
/// <param name="LogLoss">Mean −log of the probability of the outcome, in nats; probabilities are clipped to 1e-15.</param>
/// <param name="Auc">Area under the ROC curve, ties count half; NaN when only one outcome occurs.</param>
public sealed record ReliabilityFigures(
    ImmutableArray<ReliabilityBin> Bins, double Brier, double ExpectedCalibrationError, double LogLoss, double Auc)
{
    private const double Clip = 1e-15;

    /// <param name="probabilities">0…1.</param>
    /// <param name="outcomes">True where the event happened.</param>
    /// <param name="bins">1…1,000.</param>
    /// <exception cref="ArgumentException">There are no rows, lengths differ, or a probability is outside 0…1.</exception>
    public static ReliabilityFigures Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1_000);
        CalibrationSample.Check(probabilities, outcomes, []);
        var (counts, predicted, observed) = (new int[bins], new double[bins], new int[bins]);
        double brier = 0, logLoss = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            if (p is < 0 or > 1)
            {
                throw new ArgumentException($"probability {p} of row {i} is not in 0…1", nameof(probabilities));
            }

            var bin = Math.Min(bins - 1, (int)(p * bins));
            counts[bin]++;
            predicted[bin] += p;
            observed[bin] += outcomes[i] ? 1 : 0;
            var miss = outcomes[i] ? 1 - p : p;
            brier += miss * miss;
            logLoss -= Math.Log(Math.Clamp(1 - miss, Clip, 1 - Clip));
        }

        var rows = (double)probabilities.Length;
        var error = 0.0;
        var list = ImmutableArray.CreateBuilder<ReliabilityBin>(bins);
        for (var i = 0; i < bins; i++)
        {
            error += Math.Abs(predicted[i] - observed[i]) / rows;
            list.Add(new((double)i / bins, (i + 1.0) / bins, counts[i], predicted[i] / counts[i], (double)observed[i] / counts[i]));
        }

        return new(list.MoveToImmutable(), brier / rows, error, logLoss / rows, RankAuc(probabilities, outcomes));
    }

    /// <summary>
    /// Probability that a row with the event scores above one without, 0…1, ties count half; NaN when only one outcome
    /// occurs. Any finite scores. O(n log n). Source: Mann, Whitney 1947.
    /// </summary>
    public static double RankAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes)
    {
        var keys = scores.ToArray();
        var happened = outcomes.ToArray();
        Array.Sort(keys, happened);
        double ranks = 0, positives = 0;
        for (var i = 0; i < keys.Length;)
        {
            var (from, among) = (i, 0);
            for (var key = keys[i]; i < keys.Length && keys[i] == key; i++)
            {
                among += happened[i] ? 1 : 0;
            }

            ranks += among * ((from + 1 + i) / 2.0);
            positives += among;
        }

        var negatives = keys.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (ranks - (positives * (positives + 1) / 2)) / positives / negatives;
    }
}
