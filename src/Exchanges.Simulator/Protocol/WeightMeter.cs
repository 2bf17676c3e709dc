namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>Request weight used in the running minute.</summary>
internal sealed class WeightMeter(int weightMax, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _minute;
    private int _used;

    public int WeightMax => weightMax;

    /// <returns>Weight used so far, and whether this request is over the limit.</returns>
    public (int Used, bool IsOver) Add(int weight)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_lock)
        {
            _used = minute == _minute ? _used + weight : weight;
            _minute = minute;
            return (_used, _used > weightMax);
        }
    }
}
