namespace BtcAgent.Domain.Indicators;

/// <summary>Wilder's smoothing, α = 1/n, seeded with the simple mean of the first n values; NaN before. Source: Wilder 1978.</summary>
internal sealed class WilderAverage(int length)
{
    private double _sum;
    private int _count;

    public double Value { get; private set; } = double.NaN;

    public double Add(double value)
    {
        _count++;
        if (_count <= length)
        {
            _sum += value;
            Value = _count == length ? _sum / length : double.NaN;
        }
        else
        {
            Value = ((Value * (length - 1)) + value) / length;
        }

        return Value;
    }
}
