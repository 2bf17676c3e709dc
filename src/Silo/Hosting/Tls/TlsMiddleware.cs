using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace BtcAgent.Silo.Hosting.Tls;

/// <summary>
/// Puts TLS between the socket and Orleans. A connection whose peer shows no certificate of the authority, speaks
/// plainly or does not finish its handshake in time ends here, before Orleans has read a byte of it.
/// </summary>
internal sealed partial class TlsMiddleware(
    ClusterCertificates certificates, ClusterTlsOptions options, TlsEnd end, TimeProvider time, ILogger logger)
    : IConnectionMiddleware
{
    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var plain = context.Transport;
        var tls = new SslStream(new DuplexPipeStream(plain), leaveInnerStreamOpen: true);
        try
        {
            await ShakeHandsAsync(context, tls);
            var secured = new TlsTransport(tls);
            context.Transport = secured;
            try
            {
                await next(context);
            }
            finally
            {
                // Orleans disposes the context at the same time or later: from here on it finds the socket's pipes.
                context.Transport = plain;
                await secured.EndAsync();
            }
        }
        finally
        {
            await tls.DisposeAsync();
            await plain.Input.CompleteAsync();
            await plain.Output.CompleteAsync();
        }
    }

    private async Task ShakeHandsAsync(ConnectionContext context, SslStream tls)
    {
        var peer = context.RemoteEndPoint?.ToString() ?? context.ConnectionId;
        var check = new PeerCertificateCheck(end == TlsEnd.Connecting && options.TargetHost.Length > 0);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.HandshakeTimeoutMs), time);
        try
        {
            await AuthenticateAsync(tls, check, timeout.Token);
            LogSecured(logger, end, peer, tls.SslProtocol, tls.RemoteCertificate?.Subject);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            LogTimedOut(logger, end, peer, options.HandshakeTimeoutMs);
            var late = new ConnectionAbortedException(
                $"TLS with {peer}: no handshake within {options.HandshakeTimeoutMs} ms");
            context.Abort(late);
            throw late;
        }
        catch (Exception e)
        {
            var reason = check.Refusal ?? Reason(e);
            LogRefused(logger, end, peer, reason);
            throw new AuthenticationException($"TLS with {peer}: {reason}", e);
        }
    }

    private Task AuthenticateAsync(SslStream tls, PeerCertificateCheck check, CancellationToken cancellationToken)
    {
        const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        var set = certificates.Current(logger);

        // No resumption: a resumed session would carry a trust that the authority may have lost since.
        return end == TlsEnd.Accepting
            ? tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = set.Own,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = set.ChainPolicy(),
                    RemoteCertificateValidationCallback = check.Accepts,
                    EnabledSslProtocols = Protocols,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                },
                cancellationToken)
            : tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    ClientCertificateContext = set.Own,
                    TargetHost = options.TargetHost,
                    CertificateChainPolicy = set.ChainPolicy(),
                    RemoteCertificateValidationCallback = check.Accepts,
                    EnabledSslProtocols = Protocols,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                },
                cancellationToken);
    }

    private static string Reason(Exception e) =>
        e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message;
}
