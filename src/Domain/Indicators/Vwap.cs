using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Volume-weighted average of the bars' typical price (high + low + close)/3, over the last n bars or, with n = 0, since
/// the first one. NaN without volume.
/// </summary>
public sealed class Vwap(int length) : IStateful
{
    private readonly (double PriceVolume, double Volume)[] _window = new (double, double)[length];
    private double _priceVolume;
    private double _volume;
    private int _next;

    public double Value => _volume > 0 ? _priceVolume / _volume : double.NaN;

    public void Add(double high, double low, double close, double volume)
    {
        var priceVolume = (high + low + close) / 3 * volume;
        if (length == 0)
        {
            _priceVolume += priceVolume;
            _volume += volume;
            return;
        }

        _window[_next] = (priceVolume, volume);
        _next = (_next + 1) % length;
        (_priceVolume, _volume) = (0, 0);
        foreach (var (each, weight) in _window)
        {
            _priceVolume += each;
            _volume += weight;
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(length);
        foreach (var (each, weight) in _window)
        {
            writer.Write(each);
            writer.Write(weight);
        }

        writer.Write(_priceVolume);
        writer.Write(_volume);
        writer.Write(_next);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Vwap), 1);
        reader.Require("window of a VWAP", reader.ReadInt(), length);
        foreach (ref var entry in _window.AsSpan())
        {
            entry = (reader.ReadDouble(), reader.ReadDouble());
        }

        _priceVolume = reader.ReadDouble();
        _volume = reader.ReadDouble();
        _next = reader.ReadIndex("place in the window of a VWAP", length);
    }
}
