using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Slow stochastic, 0…100: %K of n bars smoothed by a mean, and %D, its mean. Source: Lane 1984.</summary>
public sealed class Stochastic(int length, int smoothing, int signal) : IStateful
{
    private readonly RollingExtremum _high = new(length, highest: true);
    private readonly RollingExtremum _low = new(length, highest: false);
    private readonly RollingMoments _k = new(smoothing);
    private readonly RollingMoments _d = new(signal);

    public double K => _k.Mean;

    public double D => _d.Mean;

    public void Add(double high, double low, double close)
    {
        _high.Add(high);
        _low.Add(low);
        if (!_high.IsWarm)
        {
            return;
        }

        var range = _high.Value - _low.Value;
        _k.Add(range > 0 ? 100 * (close - _low.Value) / range : 0);
        if (_k.IsWarm)
        {
            _d.Add(_k.Mean);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _high.Save(writer);
        _low.Save(writer);
        _k.Save(writer);
        _d.Save(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Stochastic), 1);
        _high.Load(reader);
        _low.Load(reader);
        _k.Load(reader);
        _d.Load(reader);
    }
}
