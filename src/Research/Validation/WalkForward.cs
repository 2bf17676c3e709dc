using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>
/// Folds in order of time: each is tested on the block after its training rows, whose labels and embargo end before the
/// block begins.
/// </summary>
public sealed class WalkForward
{
    private readonly int _folds;
    private readonly TimeSpan _embargo;
    private readonly TimeSpan? _trainLength;
    private readonly double _initialShare;

    /// <param name="folds">Number of test blocks of equal size, 1…1,000.</param>
    /// <param name="embargo">Time between the last training label and the first test row; at least 0.</param>
    /// <param name="trainLength">How far back a fold trains (rolling); null for the whole past (expanding).</param>
    /// <param name="initialShare">Fraction of rows before the first test block, 0…1; 0 for one block of folds + 1.</param>
    public WalkForward(int folds, TimeSpan embargo, TimeSpan? trainLength = null, double initialShare = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(embargo, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(trainLength ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(trainLength));
        ArgumentOutOfRangeException.ThrowIfNegative(initialShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(initialShare, 1);
        (_folds, _embargo, _trainLength) = (folds, embargo, trainLength);
        _initialShare = initialShare == 0 ? 1.0 / (folds + 1) : initialShare;
    }

    /// <exception cref="ArgumentException">There are so few rows that a fold has no training or no test rows.</exception>
    public IReadOnlyList<Fold> Split(FeatureDataset rows, LabelSet labels)
    {
        var purging = new Purging(rows, labels);
        var first = (int)(rows.Rows * _initialShare);
        var folds = new List<Fold>(_folds);
        for (var i = 0; i < _folds; i++)
        {
            var test = new RowRange(Edge(i), Edge(i + 1));
            var to = test.Count > 0 ? purging.EndOfTrainBefore(test, _embargo) : 0;
            var from = to > 0 && _trainLength is { } length ? FirstAtOrAfter(rows.Times, rows.Times[test.From] - length) : 0;
            if (from >= to)
            {
                throw new ArgumentException(
                    $"fold {i} of {_folds} has no rows to learn from: {rows.Rows} rows are too few for the horizon and embargo");
            }

            folds.Add(new Fold(i, [new RowRange(from, to)], [test]));
        }

        return folds;

        int Edge(int fold) => first + (int)((long)(rows.Rows - first) * fold / _folds);
    }

    private static int FirstAtOrAfter(Timestamp[] times, Timestamp time)
    {
        var found = Array.BinarySearch(times, time);
        return found >= 0 ? found : ~found;
    }
}
