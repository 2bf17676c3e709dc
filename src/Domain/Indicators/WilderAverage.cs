using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Wilder's smoothing, α = 1/n, seeded with the simple mean of the first n values; NaN before. Source: Wilder 1978.</summary>
internal sealed class WilderAverage(int length) : IStateful
{
    private double _sum;
    private int _count;

    public double Value { get; private set; } = double.NaN;

    public double Add(double value)
    {
        _count++;
        if (_count <= length)
        {
            _sum += value;
            Value = _count == length ? _sum / length : double.NaN;
        }
        else
        {
            Value = ((Value * (length - 1)) + value) / length;
        }

        return Value;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(length);
        writer.Write(_sum);
        writer.Write(_count);
        writer.Write(Value);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(WilderAverage), 1);
        reader.Require("length of a Wilder average", reader.ReadInt(), length);
        _sum = reader.ReadDouble();
        _count = reader.ReadInt();
        Value = reader.ReadDouble();
    }
}
