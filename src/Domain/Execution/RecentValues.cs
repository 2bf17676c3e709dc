namespace BtcAgent.Domain.Execution;

/// <summary>
/// The newest values of a measure. Times come from a monotonic clock.
/// <list type="number">
/// <item>A value that has reached the age <paramref name="window"/> is not returned, whether or not another has arrived.</item>
/// <item>At most <paramref name="countMax"/> values are kept; a new one replaces the oldest.</item>
/// </list>
/// </summary>
internal sealed class RecentValues<T>(TimeSpan window, int countMax)
{
    private readonly Queue<(TimeSpan At, T Value)> _values = new();

    public void Add(T value, TimeSpan now)
    {
        Drop(now);
        _values.Enqueue((now, value));
        if (_values.Count > countMax)
        {
            _values.Dequeue();
        }
    }

    /// <returns>Oldest first.</returns>
    public IEnumerable<T> Read(TimeSpan now)
    {
        Drop(now);
        return _values.Select(known => known.Value);
    }

    private void Drop(TimeSpan now)
    {
        while (_values.TryPeek(out var oldest) && now - oldest.At >= window)
        {
            _values.Dequeue();
        }
    }
}
