using System.Runtime.InteropServices;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Social.Transformers.Tests.Models;

/// <summary>Writes a <see cref="TinyTransformer"/> as the ONNX graph that an export of BERT or RoBERTa has: batched, with a mask.</summary>
internal sealed class TinyGraph
{
    private const int FloatType = 1;
    private const int LongType = 7;

    private readonly TinyTransformer _model;
    private readonly GraphProto _graph = new() { Name = "tiny" };
    private int _names;

    private TinyGraph(TinyTransformer model) => _model = model;

    public static byte[] Write(TinyTransformer model, string? extraInput = null)
    {
        var graph = new TinyGraph(model);
        graph.Build();
        string[] inputs = model.IsRoberta ? ["input_ids", "attention_mask"] : ["input_ids", "attention_mask", "token_type_ids"];
        graph._graph.Input.AddRange([.. inputs.Concat(extraInput is null ? [] : [extraInput]).Select(name => Value(name, LongType))]);
        graph._graph.Output.Add(Value("logits", FloatType));
        var proto = new ModelProto { IrVersion = 8, ProducerName = "test", Graph = graph._graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return proto.ToByteArray();
    }

    private void Build()
    {
        var x = Norm(_model.EmbeddingNorm, Node("Add", Node("Add", Gather(_model.Words, "input_ids"), Gather(_model.Places, Places())), TypeRows()));
        var mask = Node("Mul", Node("Sub", Floats([1], [1f]), Cast(Node("Unsqueeze", "attention_mask", Longs(1, 2)), FloatType)), Floats([1], [-10_000f]));
        foreach (var block in _model.Blocks)
        {
            var scores = Node("Div", Node("MatMul", Split(block.Query, x, 0, 2, 1, 3), Split(block.Key, x, 0, 2, 3, 1)), Floats([1], [MathF.Sqrt(TinyTransformer.Hidden / TinyTransformer.Heads)]));
            var seen = Node("MatMul", With(Node("Softmax", Node("Add", scores, mask)), "axis", -1), Split(block.Value, x, 0, 2, 1, 3));
            var joined = Node("Reshape", Transposed(seen, 0, 2, 1, 3), Longs(0, 0, TinyTransformer.Hidden));
            var attended = Norm(block.AttentionNorm, Node("Add", x, Line(block.Attended, joined)));
            var up = Line(block.Up, attended);
            var half = Node("Mul", Node("Mul", up, Floats([1], [0.5f])), Node("Add", Floats([1], [1f]), Node("Erf", Node("Div", up, Floats([1], [MathF.Sqrt(2)])))));
            x = Norm(block.OutNorm, Node("Add", attended, Line(block.Down, half)));
        }

        var first = With(Node("Gather", x, Scalar(0)), "axis", 1);
        _graph.Node.Add(Proto("Identity", "logits", Line(_model.Out, Node("Tanh", Line(_model.Pool, first)))));
    }

    /// <summary>BERT counts from 0; RoBERTa counts the tokens that are not padding, from the number after the padding's.</summary>
    private string Places()
    {
        if (!_model.IsRoberta)
        {
            var length = Node("Squeeze", Node("Slice", Node("Shape", "input_ids"), Longs(1), Longs(2)), Longs(0));
            return Node("Range", Scalar(0), length, Scalar(1));
        }

        var used = Cast(Node("Not", Node("Equal", "input_ids", Scalar(_model.PadToken))), LongType);
        return Node("Add", Node("Mul", Node("CumSum", used, Scalar(1)), used), Scalar(_model.PadToken));
    }

    private string TypeRows() => _model.IsRoberta
        ? Floats([TinyTransformer.Hidden], [.. Enumerable.Range(0, TinyTransformer.Hidden).Select(h => _model.Types[0, h])])
        : Gather(_model.Types, "token_type_ids");

    private string Split(TinyTransformer.Linear line, string x, params long[] order) =>
        Transposed(Node("Reshape", Line(line, x), Longs(0, 0, TinyTransformer.Heads, TinyTransformer.Hidden / TinyTransformer.Heads)), order);

    private string Line(TinyTransformer.Linear line, string x) => Node("Add", Node("MatMul", x, Matrix(line.Weight)), Floats([line.Bias.Length], line.Bias));

    private string Norm(TinyTransformer.Scale scale, string x)
    {
        var name = With(Node("LayerNormalization", x, Floats([scale.Gain.Length], scale.Gain), Floats([scale.Bias.Length], scale.Bias)), "axis", -1);
        _graph.Node[^1].Attribute.Add(new AttributeProto { Name = "epsilon", F = (float)_model.Epsilon, Type = 1 });
        return name;
    }

    private string Transposed(string x, params long[] order)
    {
        var name = Node("Transpose", x);
        var attribute = new AttributeProto { Name = "perm", Type = 7 };
        attribute.Ints.AddRange(order);
        _graph.Node[^1].Attribute.Add(attribute);
        return name;
    }

    private string Cast(string x, int type) => With(Node("Cast", x), "to", type);

    private string Gather(float[,] table, string indices) => Node("Gather", Matrix(table), indices);

    private string With(string name, string attribute, long value)
    {
        _graph.Node[^1].Attribute.Add(new AttributeProto { Name = attribute, I = value, Type = 2 });
        return name;
    }

    private string Node(string type, params string[] inputs)
    {
        var name = $"n{_names++}";
        _graph.Node.Add(Proto(type, name, inputs));
        return name;
    }

    private static NodeProto Proto(string type, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = type, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private string Matrix(float[,] values) => Floats([values.GetLength(0), values.GetLength(1)], [.. values.Cast<float>()]);

    private string Floats(long[] shape, float[] values) => Tensor(FloatType, MemoryMarshal.AsBytes<float>(values), shape);

    private string Longs(params long[] values) => Tensor(LongType, MemoryMarshal.AsBytes<long>(values), values.Length);

    private string Scalar(long value) => Tensor(LongType, MemoryMarshal.AsBytes<long>(new[] { value }));

    private string Tensor(int type, ReadOnlySpan<byte> data, params long[] shape)
    {
        var tensor = new TensorProto { Name = $"t{_names++}", DataType = type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static ValueInfoProto Value(string name, int type)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new DimensionProto { DimParam = "batch" });
        shape.Dim.Add(new DimensionProto { DimParam = type == LongType ? "length" : "labels" });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = type, Shape = shape } } };
    }
}
