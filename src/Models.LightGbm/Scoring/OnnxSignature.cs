using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>Shapes and types of a converted model, read from its session and validated.</summary>
internal sealed record OnnxSignature(int Features, int Outputs, bool InputIsDouble)
{
    public static OnnxSignature Read(InferenceSession session)
    {
        var (features, inputIsDouble) = Width(session.InputMetadata, OnnxConverter.Input);
        var (outputs, isDouble) = Width(session.OutputMetadata, OnnxConverter.RawScore);
        if (session.InputMetadata.Count != 1 || !isDouble
            || Width(session.OutputMetadata, OnnxConverter.Probabilities) != (outputs, true))
        {
            throw new ModelRefusedException(
                "the model must have one input, and outputs of one shape in double; convert it again");
        }

        return new OnnxSignature(features, outputs, inputIsDouble);
    }

    private static (int Width, bool IsDouble) Width(IReadOnlyDictionary<string, NodeMetadata> values, string name)
    {
        if (!values.TryGetValue(name, out var value))
        {
            throw new ModelRefusedException($"the model has no '{name}'; convert it with this agent");
        }

        return value is { IsTensor: true, Dimensions: [-1, > 0 and var width] }
            && value.ElementDataType is TensorElementType.Float or TensorElementType.Double
                ? (width, value.ElementDataType == TensorElementType.Double)
                : throw new ModelRefusedException($"'{name}' of the model is not a numeric matrix; convert it again");
    }
}
