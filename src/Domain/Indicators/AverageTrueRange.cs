using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Wilder's average true range in price units; the first value comes with the (n+1)-th bar.</summary>
public sealed class AverageTrueRange(int length) : IStateful
{
    private readonly WilderAverage _average = new(length);
    private double _lastClose = double.NaN;

    public double Value { get; private set; } = double.NaN;

    public double Add(double high, double low, double close)
    {
        if (!double.IsNaN(_lastClose))
        {
            Value = _average.Add(TrueRange(high, low, _lastClose));
        }

        _lastClose = close;
        return Value;
    }

    internal static double TrueRange(double high, double low, double lastClose) =>
        Math.Max(high - low, Math.Max(Math.Abs(high - lastClose), Math.Abs(low - lastClose)));

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _average.Save(writer);
        writer.Write(_lastClose);
        writer.Write(Value);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(AverageTrueRange), 1);
        _average.Load(reader);
        _lastClose = reader.ReadDouble();
        Value = reader.ReadDouble();
    }
}
