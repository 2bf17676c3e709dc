using BtcAgent.Models.LightGbm.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BtcAgent.Models.LightGbm.Tests.Onnx;

/// <summary>Runs a converted model on double rows, whatever its number type, without the scorer under test.</summary>
public sealed class OnnxRows(byte[] onnx) : IDisposable
{
    private readonly InferenceSession _session = new(onnx);

    public (double[] Raw, double[] Probabilities) Score(double[] row)
    {
        var isDouble = _session.InputMetadata[OnnxConverter.Input].ElementDataType == TensorElementType.Double;
        int[] shape = [1, row.Length];
        var input = isDouble
            ? NamedOnnxValue.CreateFromTensor(OnnxConverter.Input, new DenseTensor<double>(row, shape))
            : NamedOnnxValue.CreateFromTensor(
                OnnxConverter.Input, new DenseTensor<float>(row.Select(x => (float)x).ToArray(), shape));
        using var results = _session.Run([input]);
        return (Read(results, OnnxConverter.RawScore), Read(results, OnnxConverter.Probabilities));
    }

    public void Dispose() => _session.Dispose();

    private static double[] Read(IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results, string name)
    {
        var value = results.Single(result => result.Name == name).Value;
        return value is Tensor<double> doubles ? [.. doubles] : [.. ((Tensor<float>)value).Select(x => (double)x)];
    }
}
