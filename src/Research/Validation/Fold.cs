using System.Collections.Immutable;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>One division of a dataset into what is learned from and what is judged on.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Train">Rising, apart; purged and embargoed.</param>
/// <param name="Test">Rising, apart.</param>
public sealed record Fold(int Number, ImmutableArray<RowRange> Train, ImmutableArray<RowRange> Test)
{
    /// <summary>Rows to learn from whose labels are known.</summary>
    public int[] TrainRows(LabelSet labels) => KnownRows(Train, labels);

    /// <summary>Rows to judge on whose labels are known.</summary>
    public int[] TestRows(LabelSet labels) => KnownRows(Test, labels);

    private static int[] KnownRows(ImmutableArray<RowRange> ranges, LabelSet labels)
    {
        var rows = new List<int>(ranges.Sum(r => r.Count));
        foreach (var range in ranges)
        {
            for (var row = range.From; row < range.To; row++)
            {
                if (labels.Known[row])
                {
                    rows.Add(row);
                }
            }
        }

        return [.. rows];
    }
}
