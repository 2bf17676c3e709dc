namespace BtcAgent.Exchanges.Binance.Trading.Payloads;

/// <summary>
/// Tells equal events of one connection apart: the venue gives a transfer no id, and two of the same amount may come within one
/// millisecond. The n-th of them on a connection has the same id on every connection that reads it.
/// </summary>
internal sealed class RepeatedIds
{
    /// <summary>Ids remembered; a repeat is numbered while fewer other ids came after it.</summary>
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
