using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>One tree: splits with split 0 as the root, or a single leaf.</summary>
/// <param name="Splits">One fewer than the leaves; children are in range and form a tree.</param>
/// <param name="LeafValues">In raw score units, shrinkage included; finite.</param>
public sealed record Tree(ImmutableArray<Split> Splits, ImmutableArray<double> LeafValues)
{
    /// <summary>Training rows that reached each split; empty when the text does not contain them.</summary>
    public ImmutableArray<double> SplitRows { get; init; } = [];

    /// <summary>Training rows in each leaf; empty when the text does not contain them.</summary>
    public ImmutableArray<double> LeafRows { get; init; } = [];

    /// <summary>The leaf that a row reaches, from 0 to the number of leaves - 1.</summary>
    /// <param name="features">One row in the model's feature order.</param>
    public int LeafOf(ReadOnlySpan<double> features)
    {
        if (Splits.Length == 0)
        {
            return 0;
        }

        var splits = Splits.AsSpan();
        var node = 0;
        while (node >= 0)
        {
            ref readonly var split = ref splits[node];
            node = split.Next(features[split.Feature]);
        }

        return ~node;
    }
}
