using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// One connection's handshake: checks the peer's certificate and records the reason of a refusal, which the TLS stack does not
/// pass on.
/// </summary>
internal sealed class PeerHandshake(bool checksName)
{
    /// <summary>True when both sides have accepted each other.</summary>
    public bool IsDone { get; set; }

    /// <summary>Reason of the refusal; null if none.</summary>
    public string? Refusal { get; private set; }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!checksName)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        if (certificate is null)
        {
            Refusal = "the peer sent no certificate";
        }
        else if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            Refusal = $"certificate {certificate.Subject} is not trusted: {ClusterCertificateSet.Faults(chain)}";
        }
        else if (errors != SslPolicyErrors.None)
        {
            Refusal = $"certificate {certificate.Subject} does not contain the name in "
                + ClusterTlsOptionsValidator.Setting(nameof(ClusterTlsOptions.TargetHost));
        }

        return Refusal is null;
    }
}
