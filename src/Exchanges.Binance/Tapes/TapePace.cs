namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Computes when a frame is due: its distance from the first frame, divided by the speed, after the start.
/// </summary>
internal sealed class TapePace(double speed, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private Timestamp _first;

    /// <summary>Zero when the frame is due or the speed is unlimited.</summary>
    public TimeSpan WaitFor(Timestamp receiveTime)
    {
        if (speed <= 0 || double.IsInfinity(speed))
        {
            return TimeSpan.Zero;
        }

        if (!_first.IsKnown)
        {
            _first = receiveTime;
        }

        var wait = ((receiveTime - _first) / speed) - time.GetElapsedTime(_start);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
