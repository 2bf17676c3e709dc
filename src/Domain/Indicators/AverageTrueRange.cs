namespace BtcAgent.Domain.Indicators;

/// <summary>Wilder's average true range in price units; the first value comes with the (n+1)-th bar.</summary>
public sealed class AverageTrueRange(int length)
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
}
