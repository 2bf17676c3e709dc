using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Highest high and lowest low of the n bars <em>before</em> the current one, in price units.</summary>
public sealed class DonchianChannel(int length) : IStateful
{
    private readonly RollingExtremum _high = new(length, highest: true);
    private readonly RollingExtremum _low = new(length, highest: false);

    public double Upper { get; private set; } = double.NaN;

    public double Lower { get; private set; } = double.NaN;

    public void Add(double high, double low)
    {
        if (_high.IsWarm)
        {
            Upper = _high.Value;
            Lower = _low.Value;
        }

        _high.Add(high);
        _low.Add(low);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _high.Save(writer);
        _low.Save(writer);
        writer.Write(Upper);
        writer.Write(Lower);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(DonchianChannel), 1);
        _high.Load(reader);
        _low.Load(reader);
        Upper = reader.ReadDouble();
        Lower = reader.ReadDouble();
    }
}
