using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Passes an untrusted ONNX file to ONNX Runtime only if it equals the conversion of the model text beside it: native code
/// checks neither the columns that a tree reads nor the paths from which it loads data.
/// </summary>
internal static class OnnxScreen
{
    /// <param name="onnx">The file.</param>
    /// <param name="forest">The forest that our parser read from the model text.</param>
    /// <exception cref="ModelRefusedException">External data, an operator or field that the converter does not write, or
    /// other trees.</exception>
    public static void Check(byte[] onnx, Forest forest)
    {
        var given = Parse(onnx);
        if (Tensors(given.Graph).FirstOrDefault(t => t.ExternalData.Count > 0 || t.DataLocation != 0) is { } external)
        {
            throw new ModelRefusedException(
                $"model.onnx stores '{external.Name}' outside the file ({string.Join(", ", external.ExternalData.Select(e => $"{e.Key}={e.Value}"))}): "
                + "convert the model text again, into one file");
        }

        var due = Parse(OnnxConverter.Convert(forest, new OnnxOptions { Precision = PrecisionOf(given) }));
        var known = due.Graph.Node.Select(node => (node.Domain, node.OpType)).ToHashSet();
        if (given.Graph.Node.FirstOrDefault(node => !known.Contains((node.Domain, node.OpType))) is { } foreign)
        {
            throw new ModelRefusedException(
                $"model.onnx has the operator '{foreign.OpType}' of '{foreign.Domain}', which these trees do not need: convert the model text again");
        }

        // Fields that the schema leaves out, such as functions or subgraphs, do not survive a round trip.
        if (!given.ToByteArray().AsSpan().SequenceEqual(onnx))
        {
            throw new ModelRefusedException("model.onnx has parts that this agent's converter does not write: convert the model text again");
        }

        if (given.IrVersion != due.IrVersion || !given.OpsetImport.Equals(due.OpsetImport) || !given.Graph.Equals(due.Graph))
        {
            throw new ModelRefusedException("model.onnx is not what model.txt converts to: convert the model text again");
        }
    }

    private static ModelProto Parse(byte[] onnx)
    {
        try
        {
            var model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(onnx);
            return model.Graph is null ? throw new ModelRefusedException("model.onnx has no graph") : model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelRefusedException($"model.onnx is not an ONNX model: {e.Message}", e);
        }
    }

    private static OnnxPrecision PrecisionOf(ModelProto model) =>
        model.MetadataProps.Any(p => p.Key == OnnxMetadata.Precision && p.Value == nameof(OnnxPrecision.Double))
            ? OnnxPrecision.Double
            : OnnxPrecision.Single;

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.Concat(graph.Node.SelectMany(node => node.Attribute).Where(a => a.T is not null).Select(a => a.T));
}
