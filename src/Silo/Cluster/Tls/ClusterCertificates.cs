using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>Reads the certificate files, and reloads them after a change, so that a renewal needs no restart.</summary>
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
    /// Returns the set for a new handshake. If files are half replaced or faulty, logs that and keeps the last good set; the
    /// next handshake tries again.
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

    /// <summary>
    /// Hash of the files' contents: their times may not change with them, and the files of a secret mount are links.
    /// </summary>
    private string Stamp() => string.Join(' ', ClusterTlsOptionsValidator.Files(_options)
        .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Path)))));
}
