namespace BtcAgent.Silo.Alerts;

/// <summary>The increase of a counter within the last ten minutes.</summary>
internal sealed class WrongKeyWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private readonly Queue<(DateTimeOffset At, long Count)> _readings = new();

    /// <summary>Takes a reading of the counter.</summary>
    /// <returns>The increase since the oldest reading within the window; since zero before the first.</returns>
    public long Take(DateTimeOffset now, long count)
    {
        if (_readings.Count == 0)
        {
            _readings.Enqueue((now, 0)); // The counter starts with the process.
        }

        _readings.Enqueue((now, count));
        while (_readings.Count > 1 && now - _readings.Peek().At > Length)
        {
            _readings.Dequeue();
        }

        return count - _readings.Peek().Count;
    }
}
