using Microsoft.ML.OnnxRuntime;

namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>A pinned buffer of float or double that ONNX Runtime reads or writes in place.</summary>
internal sealed class BoundTensor : IDisposable
{
    private readonly float[] _floats = [];
    private readonly double[] _doubles = [];
    private readonly bool _isDouble;

    public BoundTensor(bool isDouble, int rows, int width)
    {
        _isDouble = isDouble;
        long[] shape = [rows, width];
        if (isDouble)
        {
            _doubles = GC.AllocateArray<double>(rows * width, pinned: true);
            Value = OrtValue.CreateTensorValueFromMemory(_doubles, shape);
        }
        else
        {
            _floats = GC.AllocateArray<float>(rows * width, pinned: true);
            Value = OrtValue.CreateTensorValueFromMemory(_floats, shape);
        }
    }

    public OrtValue Value { get; }

    public void Write(ReadOnlySpan<float> values)
    {
        if (!_isDouble)
        {
            values.CopyTo(_floats);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            _doubles[i] = values[i];
        }
    }

    public void Read(Span<double> values)
    {
        if (_isDouble)
        {
            _doubles.CopyTo(values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _floats[i];
        }
    }

    public void Dispose() => Value.Dispose();
}
