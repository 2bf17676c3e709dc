using System.Net.WebSockets;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>Opens WebSockets to the venue. A handshake refused with 429 or 418 closes every way to it for as long as told.</summary>
internal static class Handshake
{
    /// <exception cref="WebSocketException">Refused, or no connection; the message says for how long nothing is sent.</exception>
    public static async Task ConnectAsync(
        ClientWebSocket socket, Uri address, WeightBudget budget, TimeProvider time, CancellationToken cancellationToken)
    {
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            socket.HttpResponseHeaders = null; // Kept as long as the socket otherwise.
        }
        catch (WebSocketException problem) when (RetryAfter.IsRateLimit((int)socket.HttpStatusCode))
        {
            var wait = RetryAfter.In(socket.HttpResponseHeaders, time) ?? RetryAfter.Default;
            budget.Close(wait);
            throw new WebSocketException(
                $"{address.GetLeftPart(UriPartial.Path)} refused the handshake with HTTP {(int)socket.HttpStatusCode}: "
                + $"nothing is sent to the venue for {wait.TotalSeconds} s", problem);
        }
    }
}
