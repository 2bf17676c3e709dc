namespace BtcAgent.Research.Tracks;

/// <summary>
/// Measures the deepest fall of an equity as its points arrive. A fall below <see cref="Resolution.Return"/> is rounding.
/// </summary>
/// <param name="initial">Equity before the first point: the first peak.</param>
internal sealed class DrawdownMeter(double initial)
{
    private double _peak = initial;
    private double _fallsBelow = Threshold(initial);
    private Timestamp _peakAt;
    private bool _isBelow;
    private double _depth;
    private Timestamp _worstPeak;
    private Timestamp _worstTrough;
    private Timestamp? _recovered;
    private TimeSpan _longest;

    public Drawdown Result => new(_depth, _worstPeak, _worstTrough, _recovered, _longest);

    /// <param name="time">Time of the first point, which dates the first peak.</param>
    public void Start(Timestamp time) => (_peakAt, _worstPeak, _worstTrough, _recovered) = (time, time, time, time);

    public void Add(Timestamp time, double equity)
    {
        if (equity >= _fallsBelow)
        {
            AtPeak(time, equity);
            return;
        }

        _isBelow = true;
        var below = time - _peakAt;
        _longest = below > _longest ? below : _longest;
        var depth = (equity / _peak) - 1;
        if (depth < _depth)
        {
            (_depth, _worstPeak, _worstTrough, _recovered) = (depth, _peakAt, time, null);
        }
    }

    private static double Threshold(double peak) => peak - (Math.Abs(peak) * Resolution.Return);

    private void AtPeak(Timestamp time, double equity)
    {
        if (_isBelow)
        {
            _recovered ??= time;
            _longest = time - _peakAt > _longest ? time - _peakAt : _longest;
            _isBelow = false;
        }

        _peakAt = time;
        if (equity > _peak)
        {
            (_peak, _fallsBelow) = (equity, Threshold(equity));
        }
    }
}
