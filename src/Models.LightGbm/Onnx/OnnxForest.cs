using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Evaluates the one TreeEnsemble node (ai.onnx.ml version 5) of an ONNX file in managed code, in double precision,
/// with all branch modes and aggregates, and every post transform but probit. It reads no other node. Safe for use by
/// many callers at once.
/// </summary>
public sealed class OnnxForest
{
    private const int Average = 0;
    private const int Minimum = 2;
    private const int Maximum = 3;

    private readonly TestNode[] _nodes;
    private readonly int[] _roots;
    private readonly int[] _leafTargets;
    private readonly double[] _leafWeights;
    private readonly int _aggregate;
    private readonly PostTransform _transform;

    private OnnxForest(NodeProto node)
    {
        _nodes = TestNode.Read(node);
        _roots = node.Integers("tree_roots");
        _leafTargets = node.Integers("leaf_targetids");
        _leafWeights = node.Numbers("leaf_weights");
        Targets = checked((int)node.Integer("n_targets", 1));
        _aggregate = checked((int)node.Integer("aggregate_function", 1));
        _transform = (PostTransform)node.Integer("post_transform", 0);
        if (_leafTargets.Length != _leafWeights.Length || _leafTargets.Any(target => target < 0 || target >= Targets)
            || _roots.Any(root => root < 0 || root >= _nodes.Length) || _aggregate is < Average or > Maximum
            || _nodes.Any(n => !n.PointsInto(_nodes.Length, _leafTargets.Length)))
        {
            throw new InvalidDataException("the TreeEnsemble's lists do not fit together");
        }
    }

    /// <summary>Scores per row.</summary>
    public int Targets { get; }

    public int Trees => _roots.Length;

    /// <param name="onnx">A model with one TreeEnsemble node.</param>
    /// <exception cref="InvalidDataException">No model, no such node, or lists that do not fit together.</exception>
    public static OnnxForest Read(ReadOnlySpan<byte> onnx)
    {
        try
        {
            var nodes = ModelProto.Parser.ParseFrom(onnx).Graph?.Node.Where(node => node.OpType == "TreeEnsemble");
            return nodes?.ToArray() is [var only]
                ? new OnnxForest(only)
                : throw new InvalidDataException("the model has not exactly one TreeEnsemble node");
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or OverflowException)
        {
            throw new InvalidDataException("the bytes are not an ONNX model", exception);
        }
    }

    /// <param name="row">What the node reads: for a converted model the columns that its graph makes.</param>
    /// <param name="scores">Gets <see cref="Targets"/> values.</param>
    public void Evaluate(ReadOnlySpan<double> row, Span<double> scores)
    {
        if (scores.Length != Targets)
        {
            throw new ArgumentException($"room for {scores.Length} scores, but the ensemble has {Targets} targets");
        }

        scores.Fill(_aggregate switch
        {
            Minimum => double.PositiveInfinity,
            Maximum => double.NegativeInfinity,
            _ => 0,
        });
        foreach (var root in _roots)
        {
            var leaf = LeafOf(root, row);
            ref var score = ref scores[_leafTargets[leaf]];
            score = _aggregate switch
            {
                Minimum => Math.Min(score, _leafWeights[leaf]),
                Maximum => Math.Max(score, _leafWeights[leaf]),
                _ => score + _leafWeights[leaf],
            };
        }

        if (_aggregate == Average)
        {
            foreach (ref var score in scores)
            {
                score /= _roots.Length;
            }
        }

        PostTransforms.Apply(_transform, scores);
    }

    private int LeafOf(int root, ReadOnlySpan<double> row)
    {
        var node = root;
        for (var steps = 0; steps <= _nodes.Length; steps++)
        {
            var test = _nodes[node];
            var (next, isLeaf) = test.Holds(row[test.Feature]) ? test.WhenTrue : test.WhenFalse;
            if (isLeaf)
            {
                return next;
            }

            node = next;
        }

        throw new InvalidDataException("the ensemble's nodes form a cycle");
    }
}
