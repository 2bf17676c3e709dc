using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Requests of each endpoint in windows of 15 minutes, with X's headers.</summary>
internal sealed class XLimits(SimulatedXOptions options, Func<DateTimeOffset> now)
{
    private const long WindowSeconds = 15 * 60;
    private readonly Lock _lock = new();
    private readonly Dictionary<XEndpoint, (long Window, int Count)> _used = [];

    /// <summary>Counts a request and writes the headers.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool TryAdd(XEndpoint endpoint, HttpResponse response)
    {
        var max = endpoint == XEndpoint.Stream ? options.ConnectsMax : options.RequestsMax;
        var window = now().ToUnixTimeSeconds() / WindowSeconds;
        int count;
        lock (_lock)
        {
            var used = _used.GetValueOrDefault(endpoint);
            count = used.Window == window ? used.Count + 1 : 1;
            _used[endpoint] = (window, count);
        }

        Headers(response, max, Math.Max(0, max - count), (window + 1) * WindowSeconds);
        return count <= max;
    }

    public static void Headers(HttpResponse response, int max, int remaining, long reset)
    {
        response.Headers["x-rate-limit-limit"] = max.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-rate-limit-remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-rate-limit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
    }
}
