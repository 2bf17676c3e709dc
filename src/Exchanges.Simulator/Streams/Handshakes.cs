using System.Globalization;
using BtcAgent.Exchanges.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>Decides on the start of WebSocket connections and ends them.</summary>
internal static class Handshakes
{
    /// <returns>False when the answer is a refusal: not a WebSocket request, or a planned fault.</returns>
    public static bool MayAccept(HttpContext context, VenueFaults faults)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return false;
        }

        if (faults.NextHandshake(context.Request.Path) is not { } refusal)
        {
            return true;
        }

        context.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return false;
    }
}
