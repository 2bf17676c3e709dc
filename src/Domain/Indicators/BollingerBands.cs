using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Mean of n closes ± k population standard deviations; in price units. Source: Bollinger 2001.</summary>
public sealed class BollingerBands(int length, double width) : IStateful
{
    private readonly RollingMoments _closes = new(length);

    public double Middle => _closes.Mean;

    public double Upper { get; private set; } = double.NaN;

    public double Lower { get; private set; } = double.NaN;

    /// <summary>0 at the lower band, 1 at the upper; NaN while the bands have no width.</summary>
    public double PercentB { get; private set; } = double.NaN;

    public void Add(double close)
    {
        _closes.Add(close);
        var deviation = _closes.StandardDeviation;
        Upper = _closes.Mean + (width * deviation);
        Lower = _closes.Mean - (width * deviation);
        PercentB = deviation > 0 ? (close - Lower) / (Upper - Lower) : double.NaN;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(width);
        _closes.Save(writer);
        writer.Write(Upper);
        writer.Write(Lower);
        writer.Write(PercentB);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(BollingerBands), 1);
        reader.Require("width of Bollinger bands", reader.ReadDouble(), width);
        _closes.Load(reader);
        Upper = reader.ReadDouble();
        Lower = reader.ReadDouble();
        PercentB = reader.ReadDouble();
    }
}
