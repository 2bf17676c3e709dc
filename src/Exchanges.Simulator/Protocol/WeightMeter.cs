using System.Net;

namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>
/// Request weight used in the current minute, by address. Source: Binance, "The limits on the API are based on the IPs".
/// </summary>
internal sealed class WeightMeter(int weightMax, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _used = [];
    private long _minute;

    public int WeightMax => weightMax;

    /// <returns>Weight used so far, and whether this request exceeds the limit.</returns>
    public (int Used, bool IsOver) Add(IPAddress? from, int weight)
    {
        lock (_lock)
        {
            var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (minute != _minute)
            {
                _minute = minute;
                _used.Clear();
            }

            var address = from ?? IPAddress.None;
            var used = _used.GetValueOrDefault(address) + weight;
            _used[address] = used;
            return (used, used > weightMax);
        }
    }
}
