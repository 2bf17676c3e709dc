using System.Collections.Immutable;

namespace BtcAgent.Research.Calibration;

/// <summary>How well probabilities fit what came true. Figures are defined in <c>docs/metrics.md</c>.</summary>
/// <param name="Bins">Ten of equal counts, by predicted probability.</param>
/// <param name="Auc">Area under the ROC curve; 0.5 is chance. NaN when only one outcome occurs.</param>
/// <param name="LogLoss">Mean negative log-likelihood, nats.</param>
/// <param name="Brier">Mean squared difference of probability and outcome.</param>
/// <param name="CalibrationError">Mean |predicted − observed| over the bins, weighted by count.</param>
/// <param name="BaseRate">Share of rows that came true.</param>
public sealed record Reliability(
    ImmutableArray<ReliabilityBin> Bins, double Auc, double LogLoss, double Brier, double CalibrationError, double BaseRate)
{
    private const int BinCount = 10;
    private const double ProbabilityMin = 1e-12;

    /// <exception cref="ArgumentException">No rows, or lengths that don't fit.</exception>
    public static Reliability Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> outcomes)
    {
        if (probabilities.Length == 0 || probabilities.Length != outcomes.Length)
        {
            throw new ArgumentException($"{probabilities.Length} probabilities and {outcomes.Length} outcomes don't fit");
        }

        var p = probabilities.ToArray();
        var y = outcomes.ToArray();
        Array.Sort(p, y);
        var (loss, brier, positives) = (0.0, 0.0, 0.0);
        for (var i = 0; i < p.Length; i++)
        {
            var hit = y[i] > 0.5f;
            positives += hit ? 1 : 0;
            loss -= Math.Log(Math.Max(ProbabilityMin, hit ? p[i] : 1 - p[i]));
            brier += Math.Pow(p[i] - (hit ? 1 : 0), 2);
        }

        var bins = Bin(p, y);
        return new Reliability(
            bins,
            AreaUnderCurve(p, y, positives),
            loss / p.Length,
            brier / p.Length,
            bins.Sum(b => b.Count * Math.Abs(b.MeanPredicted - b.Observed)) / p.Length,
            positives / p.Length);
    }

    private static ImmutableArray<ReliabilityBin> Bin(double[] p, float[] y)
    {
        var bins = ImmutableArray.CreateBuilder<ReliabilityBin>(BinCount);
        for (var bin = 0; bin < BinCount; bin++)
        {
            var (from, to) = ((int)((long)p.Length * bin / BinCount), (int)((long)p.Length * (bin + 1) / BinCount));
            if (to > from)
            {
                bins.Add(new ReliabilityBin(
                    p.AsSpan(from, to - from).ToArray().Average(), y.AsSpan(from, to - from).ToArray().Average(), to - from));
            }
        }

        return bins.ToImmutable();
    }

    /// <summary>Mann–Whitney statistic over ascending probabilities; ties count half.</summary>
    private static double AreaUnderCurve(double[] p, float[] y, double positives)
    {
        var negatives = p.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return double.NaN;
        }

        var (area, below) = (0.0, 0.0);
        for (var i = 0; i < p.Length;)
        {
            var (tiedPositives, tiedNegatives, value) = (0.0, 0.0, p[i]);
            for (; i < p.Length && p[i] == value; i++)
            {
                _ = y[i] > 0.5f ? tiedPositives++ : tiedNegatives++;
            }

            area += tiedPositives * (below + (tiedNegatives / 2));
            below += tiedNegatives;
        }

        return area / (positives * negatives);
    }
}
