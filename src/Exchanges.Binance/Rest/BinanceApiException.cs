using System.Net;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>The venue refused a request; the message contains the venue's reason and the remedy.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Binance's error code, such as -1121; 0 when the body contained none.</param>
/// <param name="message">Request, code, the venue's message, remedy.</param>
/// <param name="retryAfter">How long the venue asks us to wait; null when it does not say.</param>
public sealed class BinanceApiException(HttpStatusCode status, int code, string message, TimeSpan? retryAfter = null)
    : Exception(message)
{
    public HttpStatusCode Status => status;

    public int Code => code;

    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>429: too many requests; 418: the address is banned for continuing after a 429.</summary>
    public bool IsRateLimit => status is HttpStatusCode.TooManyRequests or (HttpStatusCode)418;
}
