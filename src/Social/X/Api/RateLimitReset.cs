using System.Globalization;
using System.Net.Http.Headers;

namespace BtcAgent.Social.X.Api;

/// <summary>
/// Reads <c>x-rate-limit-reset</c>, in seconds since 1970 by X's clock. The answer's <c>Date</c> gives that clock where it is there, so that ours may be
/// wrong; a reset in the past, or later than the longest window, is bounded. Source: X, "Rate limits": windows last 15 minutes.
/// </summary>
internal static class RateLimitReset
{
    /// <summary>X's window and one minute.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMinutes(16);

    /// <summary>Null when the header is absent, cannot be read or lies in the past.</summary>
    public static TimeSpan? In(HttpResponseHeaders headers, TimeProvider time)
    {
        if (!headers.TryGetValues("x-rate-limit-reset", out var values)
            || !long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        // As a decimal: the header may hold any number.
        var wait = (decimal)seconds - ((decimal)(headers.Date ?? time.GetUtcNow()).ToUnixTimeMilliseconds() / 1_000);
        return wait <= 0 ? null
            : wait >= (decimal)Max.TotalSeconds ? Max
            : TimeSpan.FromSeconds((double)wait);
    }
}
