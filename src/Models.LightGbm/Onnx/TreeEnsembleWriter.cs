using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Writes trees as the TreeEnsemble of ai.onnx.ml version 5. Leaves keep LightGBM's order: leaf l of tree t is leaf l +
/// (leaves of the trees before t).
/// </summary>
internal sealed class TreeEnsembleWriter(TreeColumns columns)
{
    private readonly List<long> _features = [];
    private readonly List<byte> _modes = [];
    private readonly List<double> _thresholds = [];
    private readonly List<bool> _missingTrue = [];
    private readonly List<double> _members = [];
    private readonly List<(long Node, bool IsLeaf)> _true = [];
    private readonly List<(long Node, bool IsLeaf)> _false = [];
    private readonly List<long> _roots = [];
    private readonly List<long> _targets = [];
    private readonly List<double> _weights = [];

    public void Add(Tree tree, int target)
    {
        var (firstNode, firstLeaf) = (_features.Count, _targets.Count);
        _roots.Add(firstNode);
        _targets.AddRange(tree.LeafValues.Select(_ => (long)target));
        _weights.AddRange(tree.LeafValues);
        foreach (var split in tree.Splits)
        {
            AddTest(split);
            _true.Add(Child(split.Left, firstNode, firstLeaf));
            _false.Add(Child(split.Right, firstNode, firstLeaf));
        }

        if (tree.Splits.IsEmpty)
        {
            // The format requires a split: both branches lead to the one leaf.
            AddTest(0, BranchMode.LessOrEqual, 0, false);
            _true.Add((firstLeaf, true));
            _false.Add((firstLeaf, true));
        }
    }

    public NodeProto Write(string input, string output, int targets)
    {
        var node = OnnxNode.Of("TreeEnsemble", output, input);
        node.Domain = "ai.onnx.ml";
        node.With("aggregate_function", 1).With("leaf_targetids", _targets)
            .With(OnnxTensor.Of("leaf_weights", OnnxTensor.Double, _weights));
        if (_members.Count > 0)
        {
            node.With(OnnxTensor.Of("membership_values", OnnxTensor.Double, _members));
        }

        node.With("n_targets", targets).With("nodes_falseleafs", _false.Select(child => child.IsLeaf ? 1L : 0))
            .With("nodes_falsenodeids", _false.Select(child => child.Node)).With("nodes_featureids", _features);
        if (_missingTrue.Contains(true))
        {
            node.With("nodes_missing_value_tracks_true", _missingTrue.Select(value => value ? 1L : 0));
        }

        return node.With(OnnxTensor.Of("nodes_modes", _modes))
            .With(OnnxTensor.Of("nodes_splits", OnnxTensor.Double, _thresholds))
            .With("nodes_trueleafs", _true.Select(child => child.IsLeaf ? 1L : 0))
            .With("nodes_truenodeids", _true.Select(child => child.Node))
            .With("post_transform", 0).With("tree_roots", _roots);
    }

    private void AddTest(Split split)
    {
        var column = columns.Of(split);
        if (!split.IsCategorical)
        {
            // NaN is compared as 0 unless it counts as missing.
            var missingTrue = split.Missing == MissingType.None ? split.Threshold >= 0 : split.DefaultLeft;
            AddTest(column, BranchMode.LessOrEqual, EffectiveThreshold.Of(split.Threshold), missingTrue);
            return;
        }

        var members = split.LeftCategories().Select(category => (double)category).ToArray();
        if (members.Length == 0)
        {
            AddTest(column, BranchMode.LessOrEqual, double.NegativeInfinity, false);
            return;
        }

        AddTest(column, BranchMode.Member, 0, false);
        _members.AddRange(members);
        _members.Add(double.NaN);
    }

    private void AddTest(int column, BranchMode mode, double threshold, bool missingTrue)
    {
        _features.Add(column);
        _modes.Add((byte)mode);
        _thresholds.Add(threshold);
        _missingTrue.Add(missingTrue);
    }

    private static (long Node, bool IsLeaf) Child(int child, int firstNode, int firstLeaf) =>
        child >= 0 ? (firstNode + child, false) : (firstLeaf + ~child, true);
}
