using System.Collections.Immutable;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Leakage;

/// <summary>
/// Searches for labels that leaked into features. An honest feature is made of the past and explains what has happened
/// better than what will. Each feature's AUC for the target ahead is compared with its AUC for the same target shifted into
/// the past, to rows whose target had ended by then. With strength = 2·|AUC − ½|, a feature is suspect when its strength
/// ahead is near one, or far exceeds its strength behind. Targets: the label's direction, and the direction of the price to
/// the next row, since a leak of one row is invisible in a long label.
/// </summary>
/// <remarks>
/// The test finds gross leaks, but neither honest skill nor a leak hidden in a combination of features;
/// <see cref="LookAheadAudit"/> gives a proof. Above 200,000 rows it takes evenly spaced ones. Differences within five standard
/// errors of an AUC of independent rows count as chance.
/// </remarks>
public sealed class ShiftedLabelTest
{
    private const int MinRows = 50;
    private const int MaxRows = 200_000;
    private const double ErrorsOfChance = 5;

    private readonly double _certain;
    private readonly double _excess;

    /// <param name="certain">Strength ahead that no honest feature reaches, 0…1; 0.8 is an AUC of 0.9.</param>
    /// <param name="excess">Allowed excess of strength ahead over strength behind, 0…1.</param>
    public ShiftedLabelTest(double certain = 0.8, double excess = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(certain);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(excess);
        (_certain, _excess) = (certain, excess);
    }

    /// <returns>The suspects in feature order; empty if none.</returns>
    public ImmutableArray<LeakSuspicion> Run(FeatureDataset rows, LabelSet labels)
    {
        var ahead = Array.ConvertAll(labels.Outcome, o => (int)o);
        for (var i = 0; i < ahead.Length; i++)
        {
            ahead[i] = labels.Known[i] ? ahead[i] : 0;
        }

        var next = new int[rows.Rows];
        for (var i = 0; i + 1 < rows.Rows; i++)
        {
            next[i] = Math.Sign(rows.Prices[i + 1] - rows.Prices[i]);
        }

        var found = ImmutableArray.CreateBuilder<LeakSuspicion>();
        (string, int[], int[])[] targets =
        [
            ("label", ahead, Shift(ahead, PastRows(rows, labels))),
            ("next row", next, Shift(next, Enumerable.Range(-1, rows.Rows))),
        ];
        for (var feature = 0; feature < rows.Features.Length; feature++)
        {
            foreach (var (name, present, past) in targets)
            {
                if (Judge(rows, feature, present, past) is var (auc, pastAuc, count))
                {
                    found.Add(new(rows.Features[feature], name, auc, pastAuc, count));
                }
            }
        }

        return found.ToImmutable();
    }

    private (double, double, int)? Judge(FeatureDataset rows, int feature, int[] present, int[] past)
    {
        var (auc, count) = Auc(rows, feature, present);
        var (pastAuc, pastCount) = Auc(rows, feature, past);
        if (double.IsNaN(auc))
        {
            return null;
        }

        var chance = 2 * ErrorsOfChance / Math.Sqrt(3.0 * Math.Min(count, pastCount == 0 ? count : pastCount));
        var strength = 2 * Math.Abs(auc - 0.5);
        var behind = double.IsNaN(pastAuc) ? 0 : 2 * Math.Abs(pastAuc - 0.5);
        var suspect = strength > chance && (strength >= _certain || strength - behind > Math.Max(_excess, chance));
        return suspect ? (auc, pastAuc, count) : null;
    }

    /// <summary>For each row the latest earlier row whose label had ended by then; −1 if none.</summary>
    private static int[] PastRows(FeatureDataset rows, LabelSet labels)
    {
        var result = new int[rows.Rows];
        var next = 0;
        for (var i = 0; i < result.Length; i++)
        {
            while (next < i && rows.Times[next].UnixNanoseconds + labels.HorizonNs <= rows.Times[i].UnixNanoseconds)
            {
                next++;
            }

            result[i] = next - 1;
        }

        return result;
    }

    private static int[] Shift(int[] target, IEnumerable<int> from) => [.. from.Select(i => i < 0 ? 0 : target[i])];

    private static (double Auc, int Rows) Auc(FeatureDataset rows, int feature, int[] target)
    {
        var (scores, ups) = (new List<double>(), new List<bool>());
        var step = 1 + ((target.Length - 1) / MaxRows);
        for (var i = 0; i < target.Length; i += step)
        {
            var value = rows.Values[(i * rows.Features.Length) + feature];
            if (target[i] != 0 && !float.IsNaN(value))
            {
                scores.Add(value);
                ups.Add(target[i] > 0);
            }
        }

        return scores.Count < MinRows
            ? (double.NaN, 0)
            : (ReliabilityFigures.RankAuc([.. scores], [.. ups]), scores.Count);
    }
}
