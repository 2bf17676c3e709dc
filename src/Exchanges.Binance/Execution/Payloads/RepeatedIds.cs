namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>
/// Distinguishes equal events of one connection: the venue gives transfers no id, and two of the same amount may occur
/// within a millisecond. The n-th of them gets the same id on every connection that reads it.
/// </summary>
internal sealed class RepeatedIds
{
    /// <summary>Number of ids remembered; a repeat is numbered only while fewer other ids came after it.</summary>
    public const int RememberedMax = 1_000;

    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();

    public string Next(string id)
    {
        if (_times.TryGetValue(id, out var times))
        {
            _times[id] = times + 1;
            return $"{id}-{times + 1}";
        }

        _times.Add(id, 1);
        _inOrder.Enqueue(id);
        if (_inOrder.Count > RememberedMax)
        {
            _times.Remove(_inOrder.Dequeue());
        }

        return id;
    }
}
