using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using BtcAgent.Models.LightGbm.Tests.Forests;
using BtcAgent.Testing;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Tests.Onnx;

public sealed class OnnxForestTests
{
    [Theory]
    [InlineData("test_ai_onnx_ml_tree_ensemble_single_tree")]
    [InlineData("test_ai_onnx_ml_tree_ensemble_set_membership")]
    public void Evaluate_RecordedNode_GivesTheRecordedOutput(string node)
    {
        var folder = RecordedData.Require("onnx-ml-nodes/" + node);
        var forest = OnnxForest.Read(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        var input = ReadTensor(Path.Combine(folder, "test_data_set_0/input_0.pb"));
        var output = ReadTensor(Path.Combine(folder, "test_data_set_0/output_0.pb"));
        var (rows, expected) = (OnnxTensor.Read(input), OnnxTensor.Read(output));
        var (count, width) = ((int)input.Dims[0], (int)input.Dims[1]);
        Assert.Equal(count * forest.Targets, expected.Length);
        var scores = new double[forest.Targets];
        for (var row = 0; row < count; row++)
        {
            forest.Evaluate(rows.AsSpan(row * width, width), scores);
            Assert.All(Enumerable.Range(0, scores.Length),
                k => Assert.Equal(expected[row * scores.Length + k], scores[k], 1e-6));
        }
    }

    [Fact]
    public void Evaluate_ConvertedForest_EqualsTheEvaluator()
    {
        var forest = Forest.Parse(new RandomForestText { Plain = true, OneLeafEvery = 3 }.Write());
        var onnx = OnnxForest.Read(OnnxConverter.Convert(forest));
        var evaluator = new ForestEvaluator(forest);
        var random = new Random(4);
        var (expected, actual) = (new double[1], new double[1]);
        for (var i = 0; i < 200; i++)
        {
            double[] row = [.. Enumerable.Range(0, 6).Select(_ =>
                random.Next(4) == 0 ? double.NaN : random.NextDouble() * 4 - 2)];
            evaluator.Raw(row, expected);
            onnx.Evaluate(row, actual);
            Assert.Equal(expected[0], actual[0], 1e-15);
        }
    }

    // One tree, x0 <mode> 1 ? 10 : 20, and a second whose leaf is always 4.
    [Theory]
    [InlineData(0, 1.0, 1, 14)]
    [InlineData(1, 1.0, 1, 24)]
    [InlineData(2, 1.0, 1, 14)]
    [InlineData(3, 1.0, 1, 24)]
    [InlineData(4, 1.0, 1, 14)]
    [InlineData(5, 1.0, 1, 24)]
    [InlineData(6, 1.0, 1, 14)]
    [InlineData(6, 2.0, 1, 24)]
    [InlineData(0, double.NaN, 1, 14)]
    [InlineData(0, 2.0, 0, 12)]
    [InlineData(0, 2.0, 2, 4)]
    [InlineData(0, 2.0, 3, 20)]
    public void Evaluate_ModesAndAggregates_AreTheSpecifications(byte mode, double x, int aggregate, double expected)
    {
        var scores = new double[1];
        OnnxForest.Read(Model(mode, aggregate, trueNode: 0)).Evaluate([x], scores);
        Assert.Equal(expected, scores[0]);
    }

    [Theory]
    [InlineData(7, 1, 0)]
    [InlineData(0, 4, 0)]
    [InlineData(0, 1, 9)]
    public void Read_ListsThatDoNotFit_AreRefused(byte mode, int aggregate, int trueNode) =>
        Assert.Throws<InvalidDataException>(() => OnnxForest.Read(Model(mode, aggregate, trueNode)));

    [Fact]
    public void Read_NoModel_IsRefused() => Assert.Throws<InvalidDataException>(() => OnnxForest.Read([1, 2, 3]));

    private static TensorProto ReadTensor(string path) => TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));

    private static byte[] Model(byte mode, int aggregate, int trueNode)
    {
        var node = OnnxNode.Of("TreeEnsemble", "y", "x").With("aggregate_function", aggregate)
            .With("leaf_targetids", [0L, 0, 0]).With(OnnxTensor.Of("leaf_weights", OnnxTensor.Float, [10, 20, 4]))
            .With(OnnxTensor.Of("membership_values", OnnxTensor.Float, [1, 3, double.NaN]))
            .With("nodes_falseleafs", [1L, 1]).With("nodes_falsenodeids", [1L, 2]).With("nodes_featureids", [0L, 0])
            .With("nodes_missing_value_tracks_true", [1L, 0]).With(OnnxTensor.Of("nodes_modes", [mode, 0]))
            .With(OnnxTensor.Of("nodes_splits", OnnxTensor.Float, [1, 0])).With("nodes_trueleafs", [1L, 1])
            .With("nodes_truenodeids", [(long)trueNode, 2]).With("tree_roots", [0L, 1]);
        var model = new ModelProto { Graph = new GraphProto() };
        model.Graph.Node.Add(node);
        return model.ToByteArray();
    }
}
