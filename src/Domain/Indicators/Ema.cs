using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Exponential moving average, α = 2/(n+1). Seeded with the simple mean of the first n values, or with the first value
/// alone; NaN before the seed is complete.
/// </summary>
public sealed class Ema(int length, bool seedWithFirst = false) : IStateful
{
    private readonly double _alpha = 2.0 / (length + 1);
    private double _sum;

    public int Count { get; private set; }

    /// <summary>True once n values have been seen, whatever the seed.</summary>
    public bool IsWarm => Count >= length;

    public double Value { get; private set; } = double.NaN;

    public double Add(double value)
    {
        Count++;
        if (seedWithFirst)
        {
            Value = Count == 1 ? value : Value + (_alpha * (value - Value));
        }
        else if (Count < length)
        {
            _sum += value;
        }
        else
        {
            Value = Count == length ? (_sum + value) / length : Value + (_alpha * (value - Value));
        }

        return Value;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(length);
        writer.Write(seedWithFirst);
        writer.Write(_sum);
        writer.Write(Count);
        writer.Write(Value);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Ema), 1);
        reader.Require("length of an EMA", reader.ReadInt(), length);
        reader.Require("seed of an EMA", reader.ReadByte(), seedWithFirst ? 1 : 0);
        _sum = reader.ReadDouble();
        Count = reader.ReadInt();
        Value = reader.ReadDouble();
    }
}
