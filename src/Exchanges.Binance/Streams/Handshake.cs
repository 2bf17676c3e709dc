using System.Net.WebSockets;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// Opens WebSockets to the venue. A handshake refused with 429 or 418 pauses every request for as long as the venue asks.
/// </summary>
internal static class Handshake
{
    /// <exception cref="WebSocketException">Refused, or no connection; the message says how long sending
    /// pauses.</exception>
    public static async Task ConnectAsync(
        ClientWebSocket socket, Uri address, WeightBudget budget, TimeProvider time, CancellationToken cancellationToken)
    {
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            socket.HttpResponseHeaders = null; // Otherwise kept for the lifetime of the socket.
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
