namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Wilder's directional movement: +DI, −DI and ADX, 0…100. +DI and −DI come with the (n+1)-th bar, ADX n−1 bars later.
/// </summary>
public sealed class DirectionalMovement(int length)
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
}
