using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>
/// Builds a twin of a converted model that returns the leaf of each tree: the same graph up to the trees and the same
/// splits, but each tree has its own score and each leaf's weight is its number.
/// </summary>
internal static class LeafModel
{
    public const string Output = "leaves";

    /// <param name="onnx">A converted model.</param>
    /// <param name="forest">The trees that the model must contain, in this order, leaf by leaf.</param>
    /// <exception cref="InvalidDataException">The model has other trees, or a leaf has another weight.</exception>
    public static byte[] Of(byte[] onnx, Forest forest)
    {
        var leafCounts = forest.Trees.Select(tree => tree.LeafValues.Length).ToArray();
        var model = Parse(onnx);
        var graph = model.Graph;
        var at = graph.Node.ToList().FindIndex(node => node.OpType == "TreeEnsemble");
        if (at < 0 || graph.Output.Count == 0)
        {
            throw new InvalidDataException("the ONNX model has no TreeEnsemble");
        }

        var trees = graph.Node[at];
        var (leaves, roots) = (trees.Integers("leaf_targetids").Length, trees.Integers("tree_roots").Length);
        if (leaves != leafCounts.Sum() || roots != leafCounts.Length)
        {
            throw new InvalidDataException($"the ONNX model has {roots} trees with {leaves} leaves, but the forest has "
                + $"{leafCounts.Length} with {leafCounts.Sum()}");
        }

        CheckLeaves(trees, forest);
        var type = trees.Attribute("leaf_weights")!.T.DataType;
        Replace(trees, leafCounts, type);
        while (graph.Node.Count > at + 1)
        {
            graph.Node.RemoveAt(at + 1);
        }

        RemoveUnused(graph);
        trees.Output[0] = Output;
        var output = graph.Output[0];
        output.Name = Output;
        output.Type.TensorType.Shape.Dim[1].DimValue = leafCounts.Length;
        graph.Output.Clear();
        graph.Output.Add(output);
        return model.ToByteArray();
    }

    // The rows may not reach every leaf, so every weight is compared.
    private static void CheckLeaves(NodeProto trees, Forest forest)
    {
        var (weights, targets) = (trees.Numbers("leaf_weights"), trees.Integers("leaf_targetids"));
        if (weights.Length != targets.Length)
        {
            throw new InvalidDataException("the ONNX model's leaves do not have one weight each");
        }

        var leaf = 0;
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            foreach (var due in forest.Trees[tree].LeafValues)
            {
                if (weights[leaf] != due || targets[leaf] != tree % forest.Outputs)
                {
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"leaf {leaf} of the ONNX model adds {weights[leaf]} to score {targets[leaf]}, not {due}"));
                }

                leaf++;
            }
        }
    }

    private static ModelProto Parse(byte[] onnx)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(onnx);
            return model.Graph is null ? throw new InvalidDataException("the ONNX model has no graph") : model;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException("the bytes are not an ONNX model", exception);
        }
    }

    private static void RemoveUnused(GraphProto graph)
    {
        var read = graph.Node.SelectMany(node => node.Input).ToHashSet(StringComparer.Ordinal);
        var used = graph.Initializer.Where(tensor => read.Contains(tensor.Name)).ToArray();
        graph.Initializer.Clear();
        graph.Initializer.AddRange(used);
    }

    private static void Replace(NodeProto trees, IReadOnlyList<int> leafCounts, int type)
    {
        string[] replaced = ["leaf_targetids", "leaf_weights", "n_targets", "aggregate_function", "post_transform"];
        var kept = trees.Attribute.Where(attribute => !replaced.Contains(attribute.Name)).ToArray();
        trees.Attribute.Clear();
        trees.Attribute.AddRange(kept);
        var targets = leafCounts.SelectMany((count, tree) => Enumerable.Repeat((long)tree, count));
        var numbers = leafCounts.SelectMany(count => Enumerable.Range(0, count)).Select(leaf => (double)leaf);
        trees.With("leaf_targetids", targets).With(OnnxTensor.Of("leaf_weights", type, [.. numbers]))
            .With("n_targets", leafCounts.Count).With("aggregate_function", 1).With("post_transform", 0);
    }
}
