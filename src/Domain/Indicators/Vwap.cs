namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Volume-weighted average of the bars' typical price (high + low + close)/3, over the last n bars or, with n = 0, since
/// the first one. NaN while no volume was traded.
/// </summary>
public sealed class Vwap(int length)
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
}
