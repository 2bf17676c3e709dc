namespace BtcAgent.Domain.Execution;

/// <summary>
/// The newest values of a measure. Times come from a clock that never turns back.
/// 1. A value as old as <paramref name="window"/> is not read any more, whether or not another one has come.
/// 2. At most <paramref name="countMax"/> are kept; the oldest makes room.
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
