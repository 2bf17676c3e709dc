using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>
/// Bends rows so that they reach a given leaf, leaf by leaf through the whole forest: random rows seldom reach deep leaves.
/// Moves a value that leaves the path to the threshold that it fails, or to the next float above.
/// </summary>
internal sealed class LeafSeeker
{
    private readonly ImmutableArray<Tree> _trees;
    private int _tree;
    private int _leaf;

    public LeafSeeker(Forest forest) => _trees = forest.Trees;

    /// <summary>Bends the row towards the next leaf; a leaf whose path contradicts itself remains unreachable.</summary>
    public void Bend(Span<float> row)
    {
        var splits = _trees[_tree].Splits;
        foreach (var (node, left) in Path(splits, _leaf))
        {
            var split = splits[node];
            ref var value = ref row[split.Feature];
            var wanted = left ? split.Left : split.Right;
            if (split.Next(value) != wanted)
            {
                value = split.IsCategorical ? Category(split, left) : Number(split, wanted);
            }
        }

        if (++_leaf >= _trees[_tree].LeafValues.Length)
        {
            (_leaf, _tree) = (0, (_tree + 1) % _trees.Length);
        }
    }

    // From the root. LightGBM writes a split before its children, but the parser does not require it, so parents are looked
    // up.
    private static IEnumerable<(int Node, bool Left)> Path(ImmutableArray<Split> splits, int leaf)
    {
        var path = new Stack<(int, bool)>();
        for (var child = ~leaf; child != 0 && !splits.IsEmpty;)
        {
            var node = 0;
            while (splits[node].Left != child && splits[node].Right != child)
            {
                node++;
            }

            path.Push((node, splits[node].Left == child));
            child = node;
        }

        return path;
    }

    // Left is the largest float not above the threshold, right the next one; a missing value when neither gets there.
    private static float Number(Split split, int wanted)
    {
        var below = (float)split.Threshold;
        below = below > split.Threshold ? MathF.BitDecrement(below) : below;
        var value = wanted == split.Left ? below : MathF.BitIncrement(below);
        return split.Next(value) == wanted ? value : float.NaN;
    }

    private static float Category(Split split, bool left)
    {
        if (left)
        {
            return split.LeftCategories().FirstOrDefault(-1);
        }

        var category = 0;
        while (split.Next(category) == split.Left)
        {
            category++;
        }

        return category;
    }
}
