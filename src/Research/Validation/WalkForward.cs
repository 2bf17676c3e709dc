using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>
/// Cuts the rows into k + 1 stretches of equal count; fold i tests stretch i and trains on all before it (or on as many as
/// one stretch when rolling), less the rows whose labels end after the test begins.
/// </summary>
public static class WalkForward
{
    /// <param name="times">Of the rows.</param>
    /// <param name="labels">Say how far each row looks ahead.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="embargo">Time between the last training label's end and the first test row.</param>
    /// <param name="rolling">Train on the stretch before the test only, instead of on all the past.</param>
    /// <exception cref="ArgumentException">Too few rows: every fold needs some to train and to test.</exception>
    public static ImmutableArray<Fold> Split(
        Timestamp[] times, LabelSet labels, int folds, TimeSpan embargo, bool rolling = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var result = ImmutableArray.CreateBuilder<Fold>(folds);
        for (var fold = 1; fold <= folds; fold++)
        {
            var from = Boundary(fold);
            var to = Boundary(fold + 1);
            var train = Purge(times, labels, rolling ? Boundary(fold - 1) : 0, from, from < times.Length ? times[from] - embargo : default);
            if (to == from || train.IsEmpty)
            {
                throw new ArgumentException(
                    $"{times.Length} rows are too few for {folds} folds of labels that look {labels.HorizonNs / 1_000_000_000} s ahead");
            }

            result.Add(new Fold(train, [new RowRange(from, to - from)]));
        }

        return result.ToImmutable();

        int Boundary(int stretch) => (int)((long)times.Length * stretch / (folds + 1));
    }

    /// <summary>Rows in <c>[from, to)</c> whose labels are known and end before a time, as ranges.</summary>
    public static ImmutableArray<RowRange> Purge(Timestamp[] times, LabelSet labels, int from, int to, Timestamp before)
    {
        var ranges = ImmutableArray.CreateBuilder<RowRange>();
        var start = -1;
        for (var i = from; i <= to; i++)
        {
            var keep = i < to && labels.TryGetTarget(i, out _) && labels.EndTimes[i] < before && times[i] < before;
            if (keep && start < 0)
            {
                start = i;
            }
            else if (!keep && start >= 0)
            {
                ranges.Add(new RowRange(start, i - start));
                start = -1;
            }
        }

        return ranges.ToImmutable();
    }
}
