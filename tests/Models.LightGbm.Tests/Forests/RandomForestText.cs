using System.Globalization;
using System.Text;

namespace BtcAgent.Models.LightGbm.Tests.Forests;

/// <summary>
/// Writes model.txt of random forests as LightGBM 4 would: every missing type, default direction, categorical sets,
/// one-leaf trees, thresholds on and beside floats and around the zero band. The same seed gives the same text.
/// </summary>
public sealed record RandomForestText
{
    public int Seed { get; init; } = 1;

    public int Features { get; init; } = 6;

    /// <summary>Features from this one on are categorical.</summary>
    public int CategoricalFrom { get; init; } = int.MaxValue;

    public int Iterations { get; init; } = 10;

    public int Leaves { get; init; } = 15;

    public int Classes { get; init; } = 1;

    public string Objective { get; init; } = "binary sigmoid:1";

    public bool AverageOutput { get; init; }

    /// <summary>One tree in this many has one leaf; 0 for none.</summary>
    public int OneLeafEvery { get; init; }

    /// <summary>Only missing type NaN and ordinary thresholds, as training on clean returns gives.</summary>
    public bool Plain { get; init; }

    public string Write()
    {
        var random = new Random(Seed);
        var blocks = Enumerable.Range(0, Iterations * Classes).Select(index => WriteTree(random, index)).ToArray();
        var text = new StringBuilder();
        text.Append("tree\nversion=v4\n");
        text.Append(CultureInfo.InvariantCulture, $"num_class={Classes}\nnum_tree_per_iteration={Classes}\n");
        text.Append(CultureInfo.InvariantCulture, $"label_index=0\nmax_feature_idx={Features - 1}\n");
        text.Append("objective=").Append(Objective).Append('\n').Append(AverageOutput ? "average_output\n" : "");
        text.Append("feature_names=").AppendJoin(' ', Enumerable.Range(0, Features).Select(i => $"f{i}")).Append('\n');
        text.Append("feature_infos=").AppendJoin(' ', Enumerable.Range(0, Features)
            .Select(i => i >= CategoricalFrom ? "0:1:2:3:40" : "[-3:3]")).Append('\n');
        text.Append("tree_sizes=").AppendJoin(' ', blocks.Select(block => block.Length)).Append("\n\n");
        text.AppendJoin("", blocks).Append("end of trees\n\nfeature_importances:\nf0=1\n\n");
        text.Append("parameters:\n[boosting: gbdt]\n\nend of parameters\n\npandas_categorical:null\n");
        return text.ToString();
    }

    private string WriteTree(Random random, int index)
    {
        var leaves = OneLeafEvery > 0 && index % OneLeafEvery == 0 ? 1 : Leaves;
        var nodes = leaves - 1;
        var (left, right) = Grow(random, leaves);
        var feature = Enumerable.Range(0, nodes).Select(_ => random.Next(Features)).ToArray();
        var sets = new List<uint[]>();
        var threshold = feature.Select(f => f >= CategoricalFrom ? AddSet(sets, random) : Threshold(random)).ToArray();
        var decision = feature.Select(f => Decision(random, f)).ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Tree={index}\nnum_leaves={leaves}\nnum_cat={sets.Count}\n");
        Line(text, "split_feature", feature);
        Line(text, "split_gain", feature);
        Line(text, "threshold", threshold);
        Line(text, "decision_type", decision);
        Line(text, "left_child", left);
        Line(text, "right_child", right);
        Line(text, "leaf_value", Enumerable.Range(0, leaves).Select(_ => Normal(random) * 0.1));
        if (sets.Count > 0)
        {
            var bound = 0;
            Line(text, "cat_boundaries", sets.Select(set => bound += set.Length).Prepend(0));
            Line(text, "cat_threshold", sets.SelectMany(set => set));
        }

        return text.Append("is_linear=0\nshrinkage=0.1\n\n\n").ToString();
    }

    // Splits a random leaf until there are enough, as LightGBM does: the new leaf is the right child.
    private static (int[] Left, int[] Right) Grow(Random random, int leaves)
    {
        var (left, right) = (new int[leaves - 1], new int[leaves - 1]);
        var parents = new List<(int Node, bool Left)>();
        for (var node = 0; node < leaves - 1; node++)
        {
            var leaf = random.Next(node + 1);
            if (node > 0)
            {
                var (parent, isLeft) = parents[leaf];
                (isLeft ? left : right)[parent] = node;
                parents[leaf] = (node, true);
            }
            else
            {
                parents.Add((node, true));
            }

            (left[node], right[node]) = (~leaf, ~(node + 1));
            parents.Add((node, false));
        }

        return (left, right);
    }

    private double Threshold(Random random) => (Plain ? 9 : random.Next(10)) switch
    {
        0 => 1.0000000180025095e-35,
        1 => -1.0000000180025095e-35,
        2 => 0,
        3 => 1e-40 * (random.Next(3) - 1),
        4 => (float)Normal(random),
        5 => Math.BitIncrement((float)Normal(random)),
        6 => Math.BitDecrement((float)Normal(random)),
        7 => random.Next(4) switch
        {
            0 => 1e300,
            1 => -1e300,
            2 => double.NegativeInfinity,
            _ => double.PositiveInfinity,
        },
        _ => Normal(random),
    };

    private int Decision(Random random, int feature)
    {
        var missing = Plain ? 2 : random.Next(3);
        return missing << 2 | random.Next(2) << 1 | (feature >= CategoricalFrom ? 1 : 0);
    }

    private static double AddSet(List<uint[]> sets, Random random)
    {
        sets.Add(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray());
        return sets.Count - 1;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void Line<T>(StringBuilder text, string key, IEnumerable<T> values) => text.Append(key).Append('=')
        .AppendJoin(' ', values.Select(v => string
            .Format(CultureInfo.InvariantCulture, "{0}", v).Replace("Infinity", "inf", StringComparison.Ordinal)))
        .Append('\n');
}
