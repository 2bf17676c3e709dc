using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Client.Certificates;

/// <summary>A self-signed certificate in the data folder: ECDSA P-256, for a year, made again a month before its end or for other names.</summary>
internal static class GeneratedCertificate
{
    public const string CertificateFile = "gateway-tls.crt";
    public const string KeyFile = "gateway-tls.key";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>A clock that is a little behind must not refuse a new certificate.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>Makes the files unless they are usable.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="names">DNS names and IP addresses of the gateway.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Ensure(string folder, IReadOnlyCollection<string> names, DateTimeOffset now)
    {
        var (certificatePath, keyPath) = (Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        if (IsUsable(certificatePath, keyPath, names, now))
        {
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(key, names).CreateSelfSigned(now - Skew, now + Lifetime);
        // The key first: a crash in between leaves a pair that does not match, which the next start replaces.
        Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        Write(certificatePath, certificate.ExportCertificatePem());
    }

    private static CertificateRequest Request(ECDsa key, IReadOnlyCollection<string> names)
    {
        var request = new CertificateRequest("CN=BtcAgent gateway", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        return request;
    }

    private static bool IsUsable(string certificatePath, string keyPath, IReadOnlyCollection<string> names, DateTimeOffset now)
    {
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            return false;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            return now >= certificate.NotBefore && now + RenewBefore < certificate.NotAfter && names.All(name => certificate.MatchesHostname(name));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false; // Not a pair: made again.
        }
    }

    private static void Write(string path, string text)
    {
        var part = path + ".part";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(part, options))
        {
            writer.Write(text);
        }

        File.Move(part, path, overwrite: true);
    }
}
