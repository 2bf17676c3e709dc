using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>Builds one tree from its fields and validates it.</summary>
internal static class TreeParser
{
    /// <summary>Most leaves of a tree; LightGBM's num_leaves allows 131,072.</summary>
    private const int LeavesMax = 1 << 20;

    /// <summary>
    /// Most splits from root to leaf: our code and ONNX Runtime recurse over trees, and a stack overflow ends the process.
    /// </summary>
    private const int DepthMax = 512;

    public static HashSet<string> Known { get; } = new(StringComparer.Ordinal)
    {
        "Tree", "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child",
        "right_child", "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_weight", "internal_count",
        "cat_boundaries", "cat_threshold", "is_linear", "shrinkage", "leaf_const", "num_features", "leaf_features",
        "leaf_coeff",
    };

    public static Tree Parse(ModelFields fields, int features)
    {
        if (fields.Has("is_linear") && fields.Integer("is_linear", 0, 1) == 1)
        {
            throw fields.Error("is_linear", "linear trees cannot be converted to ONNX; train with linear_tree=false");
        }

        var leaves = fields.Integer("num_leaves", 1, LeavesMax);
        CheckUnused(fields, leaves);
        var values = fields.Numbers("leaf_value", leaves);
        if (leaves == 1)
        {
            return new Tree([], [.. values]);
        }

        var splits = Splits(fields, leaves - 1, features);
        CheckShape(fields, splits);
        return new Tree(splits, [.. values])
        {
            SplitRows = [.. fields.Optional("internal_count", leaves - 1)],
            LeafRows = [.. fields.Optional("leaf_count", leaves)],
        };
    }

    private static void CheckUnused(ModelFields fields, int leaves)
    {
        fields.OptionalLimits("split_gain", leaves - 1);
        foreach (var key in (string[])["internal_value", "internal_weight", "internal_count"])
        {
            fields.Optional(key, leaves - 1);
        }

        fields.Optional("leaf_weight", leaves);
        fields.Optional("leaf_count", leaves);
        fields.Optional("shrinkage", 1);
    }

    private static ImmutableArray<Split> Splits(ModelFields fields, int count, int features)
    {
        var feature = fields.Integers("split_feature", count);
        var threshold = fields.Limits("threshold", count);
        var decision = fields.Integers("decision_type", count);
        var left = fields.Integers("left_child", count);
        var right = fields.Integers("right_child", count);
        var sets = CategorySets(fields);
        var splits = ImmutableArray.CreateBuilder<Split>(count);
        for (var i = 0; i < count; i++)
        {
            if (feature[i] < 0 || feature[i] >= features)
            {
                throw fields.Error("split_feature", $"{feature[i]} is not one of {features} features");
            }

            if (decision[i] is < 0 or > 15 || decision[i] >> 2 == 3)
            {
                throw fields.Error("decision_type", $"{decision[i]} is not known; save the model with LightGBM 4");
            }

            var categorical = (decision[i] & 1) != 0;
            splits.Add(new Split
            {
                Feature = feature[i],
                Threshold = categorical ? 0 : threshold[i],
                Categories = categorical ? SetOf(fields, sets, threshold[i]) : default,
                DefaultLeft = (decision[i] & 2) != 0,
                Missing = (MissingType)(decision[i] >> 2),
                Left = left[i],
                Right = right[i],
            });
        }

        return splits.MoveToImmutable();
    }

    private static ImmutableArray<uint>[] CategorySets(ModelFields fields)
    {
        var count = fields.Has("num_cat") ? fields.Integer("num_cat", 0, LeavesMax) : 0;
        if (count == 0)
        {
            return [];
        }

        var bounds = fields.Integers("cat_boundaries", count + 1);
        var ascending = bounds[0] == 0 && bounds.Zip(bounds.Skip(1)).All(pair => pair.First <= pair.Second);
        if (!ascending)
        {
            throw fields.Error("cat_boundaries", "must ascend from 0; the text is damaged, save it again");
        }

        var words = fields.Bits("cat_threshold", bounds[^1]);
        var sets = new ImmutableArray<uint>[count];
        for (var i = 0; i < count; i++)
        {
            sets[i] = [.. words.AsSpan(bounds[i]..bounds[i + 1])];
        }

        return sets;
    }

    private static ImmutableArray<uint> SetOf(ModelFields fields, ImmutableArray<uint>[] sets, double index) =>
        index >= 0 && index < sets.Length && index == Math.Floor(index)
            ? sets[(int)index]
            : throw fields.Error("threshold", $"{index} is not one of {sets.Length} category sets");

    // The root must reach every split and every leaf exactly once: no cycles, no orphans.
    private static void CheckShape(ModelFields fields, ImmutableArray<Split> splits)
    {
        var seen = new bool[splits.Length * 2 + 1];
        var reached = 1;
        var open = new Stack<(int Node, int Depth)>([(0, 1)]);
        seen[0] = true;
        while (open.TryPop(out var next))
        {
            var (node, depth) = next;
            if (depth > DepthMax)
            {
                throw fields.Error("left_child", $"a leaf lies more than {DepthMax} splits deep; train with max_depth");
            }

            foreach (var (child, key) in ((int, string)[])[
                (splits[node].Left, "left_child"), (splits[node].Right, "right_child")])
            {
                if (child >= splits.Length || child < -splits.Length - 1)
                {
                    throw fields.Error(key, $"{child} is out of range; the text is damaged, save it again");
                }

                ref var before = ref seen[child >= 0 ? child : splits.Length + ~child];
                if (before)
                {
                    throw fields.Error(key, $"{child} is reached twice: a cycle, not a tree");
                }

                before = true;
                reached++;
                if (child >= 0)
                {
                    open.Push((child, depth + 1));
                }
            }
        }

        if (reached != seen.Length)
        {
            throw fields.Error("left_child", $"{seen.Length - reached} nodes are never reached; the text is damaged");
        }
    }
}
