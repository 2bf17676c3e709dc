using BtcAgent.Models.LightGbm.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>Runs an ONNX file on float rows, whatever number types it has.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly bool _isDouble;
    private readonly int _features;

    public OnnxRun(byte[] onnx, int features)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(onnx, options);
        _features = features;
        if (!_session.InputMetadata.TryGetValue(OnnxConverter.Input, out var input)
            || input.Dimensions is not [_, var width] || width != features)
        {
            _session.Dispose();
            throw new InvalidDataException($"the ONNX model has no '{OnnxConverter.Input}' of {features} values");
        }

        _isDouble = input.ElementDataType == TensorElementType.Double;
    }

    /// <returns>Values of the requested outputs in order, row by row.</returns>
    public double[][] Run(float[] rows, int count, params string[] outputs)
    {
        long[] shape = [count, _features];
        using var input = _isDouble
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, x => (double)x), shape)
            : OrtValue.CreateTensorValueFromMemory(rows, shape);
        using var results = _session.Run(_options, [OnnxConverter.Input], [input], outputs);
        return [.. results.Select(Read)];
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static double[] Read(OrtValue value) =>
        value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Double
            ? value.GetTensorDataAsSpan<double>().ToArray()
            : Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), x => (double)x);
}
