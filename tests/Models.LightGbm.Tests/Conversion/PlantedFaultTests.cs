using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using BtcAgent.Models.LightGbm.Tests.Forests;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Tests.Conversion;

/// <summary>Conversions with one mistake each: the check must refuse them all.</summary>
public sealed class PlantedFaultTests
{
    private static readonly Forest Forest = Forest.Parse(
        new RandomForestText { Features = 6, CategoricalFrom = 5, Iterations = 5, Seed = 11 }.Write());

    [Theory]
    [InlineData("threshold rounded up")]
    [InlineData("threshold one float lower")]
    [InlineData("features swapped")]
    [InlineData("default direction flipped")]
    [InlineData("children swapped")]
    [InlineData("category lost")]
    [InlineData("zero not snapped")]
    public void Compare_OneWrongBranch_IsRefused(string fault)
    {
        var report = ConversionCheck.Compare(Forest, Spoil(fault), new ConversionCheckOptions());
        Assert.True(report.BranchDifferences > 0, $"{fault} was not found");
        Assert.False(report.Passed);
        Assert.NotEmpty(report.Examples);
    }

    [Theory]
    [InlineData("leaf of another weight", "leaf 3 of the ONNX model")]
    [InlineData("score counted twice", "raw scores differ")]
    [InlineData("sigmoid of another slope", "predictions differ")]
    public void Compare_WrongScore_IsRefused(string fault, string reason)
    {
        var report = ConversionCheck.Compare(Forest, Spoil(fault), new ConversionCheckOptions { Rows = 1_000 });
        Assert.Contains(reason, string.Join("; ", report.Reasons), StringComparison.Ordinal);
    }

    private static byte[] Spoil(string fault)
    {
        var onnx = OnnxConverter.Convert(Forest, new() { Precision = OnnxPrecision.Single });
        var model = ModelProto.Parser.ParseFrom(onnx);
        var trees = model.Graph.Node.Single(node => node.OpType == "TreeEnsemble");
        switch (fault)
        {
            case "threshold rounded up":
                Change(trees, "nodes_splits", FirstSplit(inexact: true), t => MathF.BitIncrement(FloatBelow(t)));
                break;
            case "threshold one float lower":
                Change(trees, "nodes_splits", FirstSplit(inexact: true), t => MathF.BitDecrement(FloatBelow(t)));
                break;
            case "zero not snapped":
                Change(trees, "nodes_splits", Splits().FindIndex(s => !s.IsCategorical && s.Threshold == 0), _ => 0);
                break;
            case "features swapped":
                var features = trees.Attribute("nodes_featureids")!.Ints;
                var swapped = features.Select(f => f switch { 0L => 1, 1 => 0, _ => f }).ToArray();
                features.Clear();
                features.AddRange(swapped);
                break;
            case "default direction flipped":
                trees.Attribute("nodes_missing_value_tracks_true")!.Ints[FirstSplit(inexact: false)] ^= 1;
                break;
            case "children swapped":
                Swap(trees, "nodes_truenodeids", "nodes_falsenodeids");
                Swap(trees, "nodes_trueleafs", "nodes_falseleafs");
                break;
            case "category lost":
                Change(trees, "membership_values", 0, _ => -5);
                break;
            case "leaf of another weight":
                Change(trees, "leaf_weights", 3, weight => weight + 0.001);
                break;
            case "score counted twice":
                trees.Output[0] = "single";
                var next = model.Graph.Node.IndexOf(trees) + 1;
                var doubled = OnnxNode.Of("Add", OnnxConverter.RawScore, "single", "single");
                doubled.Name = "doubled";
                model.Graph.Node.Insert(next, doubled);
                break;
            default:
                var slope = model.Graph.Initializer.Single(tensor => tensor.Name == "slope");
                slope.RawData = ByteString.CopyFrom(BitConverter.GetBytes(-1.001));
                break;
        }

        return model.ToByteArray();
    }

    private static List<Split> Splits() => [.. Forest.Trees.SelectMany(tree => tree.Splits)];

    // Every row reaches the root of a tree; its threshold lies between two floats where requested.
    private static int FirstSplit(bool inexact)
    {
        var at = 0;
        foreach (var tree in Forest.Trees)
        {
            var root = tree.Splits[0];
            if (!root.IsCategorical && Math.Abs(root.Threshold) is > 1e-3 and < 1e3
                && (!inexact || root.Threshold != (float)root.Threshold))
            {
                return at;
            }

            at += tree.Splits.Length;
        }

        throw new InvalidOperationException("no root is fit for the fault; choose another seed");
    }

    private static void Change(NodeProto node, string attribute, int index, Func<double, double> change)
    {
        var tensor = node.Attribute(attribute)!.T;
        var bytes = tensor.RawData.ToByteArray();
        var value = change(BitConverter.ToDouble(bytes, index * sizeof(double)));
        BitConverter.TryWriteBytes(bytes.AsSpan(index * sizeof(double)), value);
        tensor.RawData = ByteString.CopyFrom(bytes);
    }

    private static float FloatBelow(double value) =>
        (float)value > value ? MathF.BitDecrement((float)value) : (float)value;

    private static void Swap(NodeProto node, string one, string two)
    {
        var (first, second) = (node.Attribute(one)!, node.Attribute(two)!);
        (first.Ints[0], second.Ints[0]) = (second.Ints[0], first.Ints[0]);
    }
}
