using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Connections.Security;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// What each handshake of Orleans' TLS uses: the certificates that the files hold now, the cluster's own authority and no other,
/// a certificate from both sides, no resumed sessions (one would carry a trust that the authority may have lost since).
/// </summary>
internal sealed class ClusterHandshake(ClusterCertificates certificates, ClusterTlsOptions options, ILogger logger)
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public TlsOptions ToOrleans() => new()
    {
        // Both are asked for by the package before a handshake; Accept and Connect replace them by the whole chain.
        LocalServerCertificateSelector = (_, _) => certificates.Current(logger).Own.TargetCertificate,
        LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Current(logger).Own.TargetCertificate,

        // Its own check would know neither the connection nor why it refuses. Ours is set in Accept and Connect, for every peer.
        RemoteCertificateMode = RemoteCertificateMode.NoCertificate,
        ClientCertificateMode = RemoteCertificateMode.NoCertificate,
        SslProtocols = Protocols,
        HandshakeTimeout = TimeSpan.FromMilliseconds(options.HandshakeTimeoutMs),
        OnAuthenticateAsServer = (context, tls) => Accept(context, (SslServerAuthenticationOptions)tls.SslServerAuthenticationOptions),
        OnAuthenticateAsClient = (context, tls) => Connect(context, (SslClientAuthenticationOptions)tls.SslClientAuthenticationOptions),
    };

    private void Accept(ConnectionContext context, SslServerAuthenticationOptions tls)
    {
        var set = certificates.Current(logger);
        tls.ServerCertificate = null;
        tls.ServerCertificateSelectionCallback = null;
        tls.ServerCertificateContext = set.Own;
        tls.ClientCertificateRequired = true;
        tls.CertificateChainPolicy = set.ChainPolicy();
        tls.RemoteCertificateValidationCallback = Handshake(context).Accepts;
        tls.EnabledSslProtocols = Protocols;
        tls.AllowTlsResume = false;
        tls.AllowRenegotiation = false;
    }

    private void Connect(ConnectionContext context, SslClientAuthenticationOptions tls)
    {
        var set = certificates.Current(logger);
        tls.ClientCertificates = null;
        tls.LocalCertificateSelectionCallback = null;
        tls.ClientCertificateContext = set.Own;
        tls.TargetHost = options.TargetHost;
        tls.CertificateChainPolicy = set.ChainPolicy();
        tls.RemoteCertificateValidationCallback = Handshake(context).Accepts;
        tls.EnabledSslProtocols = Protocols;
        tls.AllowTlsResume = false;
        tls.AllowRenegotiation = false;
    }

    private static PeerHandshake Handshake(ConnectionContext context) => context.Features.Get<PeerHandshake>()
        ?? throw new InvalidOperationException("a TLS connection was not watched from its beginning");
}
