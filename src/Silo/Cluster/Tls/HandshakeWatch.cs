using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Middleware outside of Orleans' TLS. Detects connections that end before both certificates were accepted, which Orleans logs
/// only at debug level, and logs them at a bounded rate.
/// </summary>
internal sealed class HandshakeWatch(ClusterTlsOptions options, TlsRole end, TimeProvider time, HandshakeLog log) : IConnectionMiddleware
{
    /// <summary>Milliseconds by which a timer may fire early, measured by another clock.</summary>
    private const int TimerSlackMs = 50;

    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var handshake = new PeerHandshake(end == TlsRole.Connecting && options.TargetHost.Length > 0);
        context.Features.Set(handshake);
        var started = time.GetTimestamp();
        await next(context);
        if (!handshake.IsDone)
        {
            var reason = handshake.Refusal
                ?? (time.GetElapsedTime(started).TotalMilliseconds >= options.HandshakeTimeoutMs - TimerSlackMs
                    ? $"no handshake within {options.HandshakeTimeoutMs} ms"
                    : "no TLS handshake: the peer does not use TLS, hung up, or did not accept our certificate");
            log.Refused(end, context, reason);
            throw new AuthenticationException($"cluster TLS with {context.RemoteEndPoint}: {reason}");
        }
    }

    /// <summary>
    /// Middleware inside of Orleans' TLS: reached after the handshake, when the peer's certificate has been accepted.
    /// </summary>
    public static Task Done(ConnectionContext context, ConnectionDelegate next)
    {
        context.Features.Get<PeerHandshake>()!.IsDone = true;
        return next(context);
    }
}
