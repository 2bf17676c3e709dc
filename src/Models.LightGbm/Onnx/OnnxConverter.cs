using System.Text;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Converts a forest to an ONNX model with input <c>features</c> [N, F] and outputs <c>raw_score</c> and
/// <c>probabilities</c> [N, K] in double (for regression the predictions). Opset 17, ai.onnx.ml 5, IR version 8. The same
/// forest and options give the same bytes.
/// </summary>
public static class OnnxConverter
{
    /// <summary>Bytes at the beginning of a file that have the version of the format and the producer's name.</summary>
    private const int HeadLength = 64;

    /// <summary>True for a file that <see cref="Convert"/> made with the default producer.</summary>
    public static bool IsOurs(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[HeadLength];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, length).IndexOf(Encoding.ASCII.GetBytes(new OnnxOptions().Producer)) >= 0;
    }

    public const string Input = "features";
    public const string RawScore = "raw_score";
    public const string Probabilities = "probabilities";

    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int TreeOpset = 5;

    /// <returns>The file, sealed with a hash of its bytes.</returns>
    /// <exception cref="ArgumentException">The metadata uses one of the converter's keys.</exception>
    public static byte[] Convert(Forest forest, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(forest);
        options ??= new OnnxOptions();
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = options.Producer };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = TreeOpset });
        model.Graph = Graph(forest, options.Precision);
        AddMetadata(model, forest, options);
        return OnnxSeal.Close(model);
    }

    private static GraphProto Graph(Forest forest, OnnxPrecision precision)
    {
        var isDouble = precision == OnnxPrecision.Double;
        var graph = new GraphProto { Name = "forest" };
        graph.Input.Add(Value(Input, isDouble ? OnnxTensor.Double : OnnxTensor.Float, forest.Features));
        graph.Output.Add(Value(RawScore, OnnxTensor.Double, forest.Outputs));
        graph.Output.Add(Value(Probabilities, OnnxTensor.Double, forest.Outputs));
        var rows = Input;
        if (!isDouble)
        {
            graph.Node.Add(OnnxNode.Of("Cast", "widened", Input).With("to", OnnxTensor.Double));
            rows = "widened";
        }

        var columns = new TreeColumns(forest);
        rows = columns.Write(graph, rows);
        var ensemble = new TreeEnsembleWriter(columns);
        for (var i = 0; i < forest.Trees.Length; i++)
        {
            ensemble.Add(forest.Trees[i], i % forest.Outputs);
        }

        graph.Node.Add(ensemble.Write(rows, RawScore, forest.Outputs));
        new PredictionWriter(graph, Probabilities).Write(forest, RawScore);
        return graph;
    }

    private static void AddMetadata(ModelProto model, Forest forest, OnnxOptions options)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [OnnxMetadata.FeatureNames] = string.Join(' ', forest.FeatureNames),
            [OnnxMetadata.Objective] = forest.Objective.Text,
            [OnnxMetadata.Precision] = options.Precision.ToString(),
            [OnnxMetadata.TextHash] = forest.TextHash,
        };
        foreach (var (key, value) in options.Metadata)
        {
            if (key == OnnxMetadata.Seal || !metadata.TryAdd(key, value))
            {
                throw new ArgumentException($"metadata key '{key}' is reserved for the converter; use another key");
            }
        }

        model.MetadataProps.AddRange(
            metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
    }

    private static ValueInfoProto Value(string name, int type, int width)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new DimensionProto { DimParam = "N" });
        shape.Dim.Add(new DimensionProto { DimValue = width });
        var tensor = new TensorTypeProto { ElemType = type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
