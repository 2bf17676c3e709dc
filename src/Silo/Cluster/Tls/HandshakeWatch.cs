using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Outside of Orleans' own TLS: it notices a connection that ended before both certificates were accepted, of which Orleans
/// itself speaks in its debug log only, and says so at a bounded rate.
/// </summary>
internal sealed class HandshakeWatch(ClusterTlsOptions options, TlsEnd end, TimeProvider time, HandshakeLog log) : IConnectionMiddleware
{
    /// <summary>Milliseconds by which a timer may fire early by another clock.</summary>
    private const int TimerSlackMs = 50;

    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var handshake = new PeerHandshake(end == TlsEnd.Connecting && options.TargetHost.Length > 0);
        context.Features.Set(handshake);
        var started = time.GetTimestamp();
        await next(context);
        if (!handshake.IsDone)
        {
            var reason = handshake.Refusal
                ?? (time.GetElapsedTime(started).TotalMilliseconds >= options.HandshakeTimeoutMs - TimerSlackMs
                    ? $"no handshake within {options.HandshakeTimeoutMs} ms"
                    : "no TLS handshake: it speaks plainly, hung up, or did not accept our certificate");
            log.Refused(end, context, reason);
            throw new AuthenticationException($"cluster TLS with {context.RemoteEndPoint}: {reason}");
        }
    }

    /// <summary>Inside of Orleans' TLS: reached once the handshake is done, and with it the peer's certificate accepted.</summary>
    public static Task Done(ConnectionContext context, ConnectionDelegate next)
    {
        context.Features.Get<PeerHandshake>()!.IsDone = true;
        return next(context);
    }
}
