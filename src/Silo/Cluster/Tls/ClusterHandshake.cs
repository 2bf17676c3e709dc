using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Connections.Security;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Configures each TLS handshake of Orleans: the current certificates, only the cluster's authority, certificates from both
/// sides, and no resumed sessions (which could outlive trust in the authority).
/// </summary>
internal sealed class ClusterHandshake(ClusterCertificates certificates, ClusterTlsOptions options, ILogger logger)
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public TlsOptions ToOrleans() => new()
    {
        // The package requests both before a handshake; Accept and Connect replace them with the whole chain.
        LocalServerCertificateSelector = (_, _) => certificates.Current(logger).Own.TargetCertificate,
        LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Current(logger).Own.TargetCertificate,

        // The package's check has neither the connection nor a reason for a refusal. Accept and Connect set ours for every peer.
        RemoteCertificateMode = RemoteCertificateMode.NoCertificate,
        ClientCertificateMode = RemoteCertificateMode.NoCertificate,
        SslProtocols = Protocols,
        HandshakeTimeout = options.HandshakeTimeout,
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
