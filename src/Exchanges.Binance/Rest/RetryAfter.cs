using System.Net.Http.Headers;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Reads how long the venue asks us to wait after a 429 or 418, in seconds or as a date. Source: Binance spot
/// documentation, "IP Limits": bans last from 2 minutes to 3 days.
/// </summary>
internal static class RetryAfter
{
    /// <summary>Wait when the venue does not say: one minute.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(1);

    /// <summary>The venue's longest ban, three days; longer values are capped.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(3);

    public static bool IsRateLimit(int status) => status is 429 or 418;

    /// <summary>Null when the header is absent or cannot be read.</summary>
    public static TimeSpan? In(HttpResponseHeaders headers, TimeProvider time) => Of(headers.RetryAfter, time);

    /// <inheritdoc cref="In(HttpResponseHeaders, TimeProvider)"/>
    public static TimeSpan? In(IReadOnlyDictionary<string, IEnumerable<string>>? headers, TimeProvider time) =>
        headers?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
        && RetryConditionHeaderValue.TryParse(text, out var value) ? Of(value, time) : null;

    private static TimeSpan? Of(RetryConditionHeaderValue? value, TimeProvider time)
    {
        var wait = value?.Delta ?? (value?.Date is { } until ? until - time.GetUtcNow() : null);
        return wait is not { } known ? null
            : known < TimeSpan.Zero ? TimeSpan.Zero
            : known > Max ? Max : known;
    }
}
