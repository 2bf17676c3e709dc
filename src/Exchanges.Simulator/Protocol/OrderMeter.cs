namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>Counts the orders of one account within the last 10 s.</summary>
internal sealed class OrderMeter(int ordersMax, TimeProvider time)
{
    private readonly Dictionary<string, (long Window, int Count)> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public int OrdersMax => ordersMax;

    public int Count(string apiKey)
    {
        lock (_lock)
        {
            var (window, count) = _counts.GetValueOrDefault(apiKey);
            return window == Window() ? count : 0;
        }
    }

    /// <returns>False when the order exceeds the limit.</returns>
    public bool TryAdd(string apiKey)
    {
        lock (_lock)
        {
            var (window, count) = _counts.GetValueOrDefault(apiKey);
            count = window == Window() ? count : 0;
            _counts[apiKey] = (Window(), count + 1);
            return count < ordersMax;
        }
    }

    private long Window() => time.GetUtcNow().ToUnixTimeSeconds() / 10;
}
