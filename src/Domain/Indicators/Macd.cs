using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Fast minus slow EMA (SMA-seeded), its EMA as signal, and their difference; in price units. Source: Appel 1979.</summary>
public sealed class Macd(int fast, int slow, int signal) : IStateful
{
    private readonly Ema _fast = new(fast);
    private readonly Ema _slow = new(slow);
    private readonly Ema _signal = new(signal);

    public double Value { get; private set; } = double.NaN;

    public double Signal => _signal.Value;

    public double Histogram => Value - Signal;

    public void Add(double close)
    {
        Value = _fast.Add(close) - _slow.Add(close);
        if (!double.IsNaN(Value))
        {
            _signal.Add(Value);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _fast.Save(writer);
        _slow.Save(writer);
        _signal.Save(writer);
        writer.Write(Value);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Macd), 1);
        _fast.Load(reader);
        _slow.Load(reader);
        _signal.Load(reader);
        Value = reader.ReadDouble();
    }
}
