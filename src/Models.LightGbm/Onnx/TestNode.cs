using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>One inner node of a TreeEnsemble.</summary>
internal sealed record TestNode(
    int Feature, BranchMode Mode, double Split, HashSet<double>? Members, bool MissingIsTrue)
{
    public required (int Index, bool IsLeaf) WhenTrue { get; init; }

    public required (int Index, bool IsLeaf) WhenFalse { get; init; }

    public bool Holds(double value)
    {
        if (double.IsNaN(value) && MissingIsTrue)
        {
            return true;
        }

        return Mode switch
        {
            BranchMode.LessOrEqual => value <= Split,
            BranchMode.Less => value < Split,
            BranchMode.GreaterOrEqual => value >= Split,
            BranchMode.Greater => value > Split,
            BranchMode.Equal => value == Split,
            BranchMode.NotEqual => value != Split,
            _ => Members!.Contains(value),
        };
    }

    public bool PointsInto(int nodes, int leaves) =>
        Feature >= 0 && IsWithin(WhenTrue, nodes, leaves) && IsWithin(WhenFalse, nodes, leaves);

    public static TestNode[] Read(NodeProto node)
    {
        var features = node.Integers("nodes_featureids");
        var modes = node.Numbers("nodes_modes");
        var splits = node.Numbers("nodes_splits");
        var (trueIds, trueLeaves) = (node.Integers("nodes_truenodeids"), node.Integers("nodes_trueleafs"));
        var (falseIds, falseLeaves) = (node.Integers("nodes_falsenodeids"), node.Integers("nodes_falseleafs"));
        var missing = node.Attribute("nodes_missing_value_tracks_true") is { Ints.Count: > 0 }
            ? node.Integers("nodes_missing_value_tracks_true")
            : new int[features.Length];
        int[] lengths =
        [
            modes.Length, splits.Length, trueIds.Length, trueLeaves.Length, falseIds.Length, falseLeaves.Length,
            missing.Length,
        ];
        if (lengths.Any(length => length != features.Length))
        {
            throw new InvalidDataException("the TreeEnsemble's node lists have different lengths");
        }

        var sets = ReadSets(node);
        return [.. features.Select((feature, i) => new TestNode(
            feature, ModeOf(modes[i]), splits[i], modes[i] == (int)BranchMode.Member ? NextSet(sets) : null,
            missing[i] != 0)
        {
            WhenTrue = (trueIds[i], trueLeaves[i] != 0),
            WhenFalse = (falseIds[i], falseLeaves[i] != 0),
        })];
    }

    private static BranchMode ModeOf(double mode) => mode is >= 0 and <= (int)BranchMode.Member
        ? (BranchMode)mode
        : throw new InvalidDataException($"branch mode {mode} is not known");

    // Sets stand one after another in the order of their nodes, each closed by NaN (the last may be open).
    private static Queue<HashSet<double>> ReadSets(NodeProto node)
    {
        var sets = new Queue<HashSet<double>>();
        var current = new HashSet<double>();
        foreach (var value in node.Attribute("membership_values") is null ? [] : node.Numbers("membership_values"))
        {
            if (double.IsNaN(value))
            {
                sets.Enqueue(current);
                current = [];
            }
            else
            {
                current.Add(value);
            }
        }

        if (current.Count > 0)
        {
            sets.Enqueue(current);
        }

        return sets;
    }

    private static HashSet<double> NextSet(Queue<HashSet<double>> sets) => sets.TryDequeue(out var set)
        ? set
        : throw new InvalidDataException("membership_values has fewer sets than there are nodes");

    private static bool IsWithin((int Index, bool IsLeaf) child, int nodes, int leaves) =>
        child.Index >= 0 && child.Index < (child.IsLeaf ? leaves : nodes);
}
