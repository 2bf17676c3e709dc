namespace BtcAgent.History.Metrics;

/// <summary>Points that wait for the server, oldest first; at most a number of them.</summary>
internal sealed class InfluxBuffer(int waitingMax)
{
    private readonly Queue<string> _lines = new();

    public int Count => _lines.Count;

    /// <returns>Number of oldest points that it dropped to have room.</returns>
    public int Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _lines.Enqueue(line);
        }

        var dropped = Math.Max(0, _lines.Count - waitingMax);
        Remove(dropped);
        return dropped;
    }

    /// <summary>The oldest points, which stay.</summary>
    public IReadOnlyCollection<string> Peek(int most) => [.. _lines.Take(most)];

    public void Remove(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _lines.Dequeue();
        }
    }
}
