using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Wilder's directional movement: +DI, −DI and ADX, 0…100. +DI and −DI come with the (n+1)-th bar, ADX n−1 bars later.
/// </summary>
public sealed class DirectionalMovement(int length) : IStateful
{
    private readonly WilderAverage _range = new(length);
    private readonly WilderAverage _plus = new(length);
    private readonly WilderAverage _minus = new(length);
    private readonly WilderAverage _index = new(length);
    private (double High, double Low, double Close) _last = (double.NaN, double.NaN, double.NaN);

    public double PlusDi { get; private set; } = double.NaN;

    public double MinusDi { get; private set; } = double.NaN;

    public double Adx { get; private set; } = double.NaN;

    public void Add(double high, double low, double close)
    {
        var last = _last;
        _last = (high, low, close);
        if (double.IsNaN(last.Close))
        {
            return;
        }

        var up = high - last.High;
        var down = last.Low - low;
        var range = _range.Add(AverageTrueRange.TrueRange(high, low, last.Close));
        var plus = _plus.Add(up > down && up > 0 ? up : 0);
        var minus = _minus.Add(down > up && down > 0 ? down : 0);
        if (double.IsNaN(range))
        {
            return;
        }

        PlusDi = range > 0 ? 100 * plus / range : 0;
        MinusDi = range > 0 ? 100 * minus / range : 0;
        var sum = PlusDi + MinusDi;
        Adx = _index.Add(sum > 0 ? 100 * Math.Abs(PlusDi - MinusDi) / sum : 0);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _range.Save(writer);
        _plus.Save(writer);
        _minus.Save(writer);
        _index.Save(writer);
        writer.Write(_last.High);
        writer.Write(_last.Low);
        writer.Write(_last.Close);
        writer.Write(PlusDi);
        writer.Write(MinusDi);
        writer.Write(Adx);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(DirectionalMovement), 1);
        _range.Load(reader);
        _plus.Load(reader);
        _minus.Load(reader);
        _index.Load(reader);
        _last = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        PlusDi = reader.ReadDouble();
        MinusDi = reader.ReadDouble();
        Adx = reader.ReadDouble();
    }
}
