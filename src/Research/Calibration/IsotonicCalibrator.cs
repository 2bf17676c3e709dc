using System.Collections.Immutable;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Calibration;

/// <summary>
/// Fits a curve that never falls by pooling adjacent violators, then draws it through the middle of each pool. Pools at
/// the ends are smoothed by one imagined row of each outcome, so that no probability is 0 or 1. Source: Ayer et al. 1955;
/// Zadrozny, Elkan 2002.
/// </summary>
public static class IsotonicCalibrator
{
    /// <summary>Most points kept: pools of neighbours are joined until so many remain.</summary>
    public const int PointsMax = 200;

    /// <param name="raw">Raw scores; not NaN.</param>
    /// <param name="outcomes">1 or 0 each.</param>
    /// <exception cref="ArgumentException">No rows, or lengths that don't fit.</exception>
    public static CalibrationCurve Fit(ReadOnlySpan<double> raw, ReadOnlySpan<float> outcomes)
    {
        if (raw.Length == 0 || raw.Length != outcomes.Length)
        {
            throw new ArgumentException($"{raw.Length} scores and {outcomes.Length} outcomes cannot be calibrated");
        }

        var scores = raw.ToArray();
        var sorted = outcomes.ToArray();
        Array.Sort(scores, sorted);
        var pools = Pool(scores, sorted);
        var smoothed = pools.Select(p => (p.Score / p.Count, Probability: (p.Positives + 1) / (p.Count + 2)));
        var xs = ImmutableArray.CreateBuilder<double>();
        var ys = ImmutableArray.CreateBuilder<double>();
        foreach (var (score, probability) in smoothed)
        {
            if (xs.Count > 0 && score <= xs[^1])
            {
                continue;
            }

            xs.Add(score);
            ys.Add(ys.Count == 0 ? probability : Math.Max(ys[^1], probability));
        }

        return CalibrationCurve.Through(xs.ToImmutable(), ys.ToImmutable());
    }

    private static List<(double Score, double Positives, double Count)> Pool(double[] scores, float[] outcomes)
    {
        var least = Math.Max(1, scores.Length / PointsMax);
        var pools = new List<(double Score, double Positives, double Count)>();
        for (var i = 0; i < scores.Length;)
        {
            // Equal scores belong together; a pool has at least its share of the rows.
            var (sum, positives, count) = (0.0, 0.0, 0.0);
            while (i < scores.Length && (count < least || scores[i] == scores[i - 1]))
            {
                sum += scores[i];
                positives += outcomes[i] > 0.5f ? 1 : 0;
                count++;
                i++;
            }

            pools.Add((sum, positives, count));
            while (pools.Count > 1 && pools[^2].Positives * pools[^1].Count >= pools[^1].Positives * pools[^2].Count)
            {
                var (before, last) = (pools[^2], pools[^1]);
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (before.Score + last.Score, before.Positives + last.Positives, before.Count + last.Count);
            }
        }

        return pools;
    }
}
