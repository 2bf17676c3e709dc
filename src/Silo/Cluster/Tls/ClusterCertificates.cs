using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>The files' certificates, read again when a file has changed, so that a renewal needs no restart.</summary>
internal sealed partial class ClusterCertificates
{
    private readonly Lock _gate = new();
    private readonly ClusterTlsOptions _options;
    private ClusterCertificateSet _current;
    private string _stamp;

    /// <exception cref="ClusterCertificateException">The files do not make a usable set.</exception>
    public ClusterCertificates(ClusterTlsOptions options)
    {
        _options = options;
        _stamp = Stamp();
        _current = ClusterCertificateSet.Load(options);
    }

    /// <summary>
    /// The set for a handshake that starts now. Files that are half replaced, or faulty, are logged and leave the last
    /// good set in use; the next handshake looks again.
    /// </summary>
    public ClusterCertificateSet Current(ILogger logger)
    {
        lock (_gate)
        {
            try
            {
                var stamp = Stamp();
                if (stamp != _stamp)
                {
                    _current = ClusterCertificateSet.Load(_options);
                    _stamp = stamp;
                    LogRead(logger, Own.Subject, Own.Thumbprint, Own.NotAfter.ToUniversalTime());
                }
            }
            catch (Exception e) when (e is ClusterCertificateException or IOException or UnauthorizedAccessException)
            {
                LogNotRead(logger, e.Message, Own.Thumbprint, Own.NotAfter.ToUniversalTime());
            }

            return _current;
        }
    }

    private X509Certificate2 Own => _current.Own.TargetCertificate;

    /// <summary>Of what the files say: their times need not change with it, and the files of a secret mount are links.</summary>
    private string Stamp() => string.Join(' ', ClusterTlsValidation.Files(_options)
        .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Path)))));
}
