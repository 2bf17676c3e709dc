using Microsoft.ML.OnnxRuntime;

namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>Binds a session to buffers for a fixed number of rows, so that running it allocates nothing.</summary>
internal sealed class BoundRows : IDisposable
{
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly BoundTensor _features;
    private readonly BoundTensor _raw;
    private readonly BoundTensor _probabilities;
    private readonly InferenceSession _session;

    public BoundRows(InferenceSession session, OnnxSignature signature, int rows)
    {
        Rows = rows;
        _session = session;
        _features = new BoundTensor(signature.InputIsDouble, rows, signature.Features);
        _raw = new BoundTensor(isDouble: true, rows, signature.Outputs);
        _probabilities = new BoundTensor(isDouble: true, rows, signature.Outputs);
        _binding = session.CreateIoBinding();
        _binding.BindInput(Onnx.OnnxConverter.Input, _features.Value);
        _binding.BindOutput(Onnx.OnnxConverter.RawScore, _raw.Value);
        _binding.BindOutput(Onnx.OnnxConverter.Probabilities, _probabilities.Value);
    }

    public int Rows { get; }

    public void Run(ReadOnlySpan<float> features, Span<double> raw, Span<double> probabilities)
    {
        _features.Write(features);
        _session.RunWithBinding(_options, _binding);
        _raw.Read(raw);
        _probabilities.Read(probabilities);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _features.Dispose();
        _raw.Dispose();
        _probabilities.Dispose();
    }
}
