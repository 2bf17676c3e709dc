using System.Collections.Immutable;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>One division of a dataset into training and test rows.</summary>
/// <param name="Number">Number of the fold, from 0.</param>
/// <param name="Train">Training rows: ascending, disjoint, purged and embargoed.</param>
/// <param name="Test">Test rows: ascending, disjoint.</param>
public sealed record Fold(int Number, ImmutableArray<RowRange> Train, ImmutableArray<RowRange> Test)
{
    /// <summary>Training rows with known labels.</summary>
    public int[] TrainRows(LabelSet labels) => KnownRows(Train, labels);

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
