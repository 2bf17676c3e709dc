namespace BtcAgent.Domain.Indicators;

/// <summary>Mean of n closes ± k population standard deviations; in price units. Source: Bollinger 2001.</summary>
public sealed class BollingerBands(int length, double width)
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
}
