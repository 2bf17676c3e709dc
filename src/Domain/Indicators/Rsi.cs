using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Relative strength index, 0…100, by Wilder's smoothing; the first value comes with the (n+1)-th close.</summary>
public sealed class Rsi(int length) : IStateful
{
    private readonly WilderAverage _gain = new(length);
    private readonly WilderAverage _loss = new(length);
    private double _last = double.NaN;

    public double Value { get; private set; } = double.NaN;

    public double Add(double close)
    {
        if (!double.IsNaN(_last))
        {
            var gain = _gain.Add(Math.Max(0, close - _last));
            var loss = _loss.Add(Math.Max(0, _last - close));
            Value = double.IsNaN(gain) ? double.NaN : loss > 0 ? 100 - (100 / (1 + (gain / loss))) : 100;
        }

        _last = close;
        return Value;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _gain.Save(writer);
        _loss.Save(writer);
        writer.Write(_last);
        writer.Write(Value);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Rsi), 1);
        _gain.Load(reader);
        _loss.Load(reader);
        _last = reader.ReadDouble();
        Value = reader.ReadDouble();
    }
}
