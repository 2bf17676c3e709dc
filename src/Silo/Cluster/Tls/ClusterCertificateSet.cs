using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// The certificates of one handshake: this process's certificate with its intermediates, and the roots for peers.
/// </summary>
internal sealed class ClusterCertificateSet
{
    private readonly X509Certificate2Collection _authorities;

    private ClusterCertificateSet(SslStreamCertificateContext own, X509Certificate2Collection authorities)
    {
        Own = own;
        _authorities = authorities;
    }

    public SslStreamCertificateContext Own { get; }

    /// <exception cref="ClusterCertificateException">A file is unreadable or has the wrong content.</exception>
    public static ClusterCertificateSet Load(ClusterTlsOptions options)
    {
        var authorities = ReadAll(nameof(options.Authority), options.Authority);
        var presented = ReadAll(nameof(options.Certificate), options.Certificate);
        var leaf = ReadWithKey(options);
        presented.RemoveAt(0);
        var set = new ClusterCertificateSet(
            SslStreamCertificateContext.Create(leaf, presented, offline: true), authorities);
        set.CheckOwn(leaf, presented);
        return set;
    }

    /// <summary>
    /// Trusts the authority's roots only. Does not check revocation, which would make each connection wait for a third party; a
    /// short lifetime or a new authority withdraws a certificate.
    /// </summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    private static X509Certificate2Collection ReadAll(string setting, string path)
    {
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ClusterCertificateException(
                $"{ClusterTlsOptionsValidator.Setting(setting)}: {path} cannot be read as PEM certificates ({e.Message})", e);
        }

        if (read.Count == 0)
        {
            throw new ClusterCertificateException(
                $"{ClusterTlsOptionsValidator.Setting(setting)}: {path} contains no PEM certificate: set the path of a file with "
                + "-----BEGIN CERTIFICATE-----");
        }

        return read;
    }

    private static X509Certificate2 ReadWithKey(ClusterTlsOptions options)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);

            // Windows TLS cannot use a key that exists only in memory; a PKCS #12 round trip persists it.
            return OperatingSystem.IsWindows()
                ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), password: null)
                : leaf;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException
            or UnauthorizedAccessException)
        {
            throw new ClusterCertificateException(
                $"{ClusterTlsOptionsValidator.Setting(nameof(options.Key))}: {options.Key} is not the unencrypted PEM key of "
                + $"{options.Certificate} ({e.Message}): set the key of this certificate", e);
        }
    }

    private void CheckOwn(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        using var chain = new X509Chain { ChainPolicy = ChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        if (!chain.Build(leaf))
        {
            throw new ClusterCertificateException(
                $"{ClusterTlsOptionsValidator.Setting(nameof(ClusterTlsOptions.Certificate))}: {leaf.Subject} would be "
                + $"refused by every peer with the same authority ({Faults(chain)}): renew it, or give the authority "
                + "that issued it");
        }
    }

    public static string Faults(X509Chain? chain) => chain is null
        ? "no chain"
        : string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
}
