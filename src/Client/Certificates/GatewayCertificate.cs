using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Certificates;

/// <summary>
/// The certificate of the gateway. Files that change are read within a minute, and a generated one is renewed before its end, so that
/// neither needs a restart; files that cannot be used are logged, and the former certificate remains.
/// </summary>
public sealed partial class GatewayCertificate
{
    /// <summary>Name of a generated certificate in the data folder.</summary>
    public const string GeneratedFile = GeneratedCertificate.CertificateFile;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly GatewayTlsOptions _options;
    private readonly string _folder;
    private readonly IReadOnlyCollection<string> _names;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayCertificate> _logger;
    private X509Certificate2 _current;
    private (DateTime Certificate, DateTime Key) _stamp;
    private DateTimeOffset _lookedAt;

    /// <param name="options">The settings; the mode is not <see cref="GatewayTlsMode.Off"/>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="names">DNS names and IP addresses of the gateway, for a generated certificate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="GatewayCertificateException">The files cannot be used.</exception>
    public GatewayCertificate(
        IOptions<GatewayTlsOptions> options, string folder, IReadOnlyCollection<string> names, TimeProvider time, ILogger<GatewayCertificate> logger)
    {
        (_options, _folder, _names, _time, _logger) = (options.Value, folder, names, time, logger);
        _lookedAt = time.GetUtcNow();
        Make();
        _current = Read();
        if (_current.NotAfter < _lookedAt || _current.NotBefore > _lookedAt)
        {
            throw new GatewayCertificateException(
                $"the certificate {CertificatePath} is valid from {_current.NotBefore.ToUniversalTime():u} to {_current.NotAfter.ToUniversalTime():u}: renew it, or correct this machine's clock");
        }
    }

    /// <summary>PEM file of the certificate.</summary>
    public string CertificatePath => _options.Mode == GatewayTlsMode.Own ? _options.Certificate : Path.Combine(_folder, GeneratedCertificate.CertificateFile);

    private string KeyPath => _options.Mode == GatewayTlsMode.Own ? _options.Key : Path.Combine(_folder, GeneratedCertificate.KeyFile);

    /// <summary>The certificate for a handshake now.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                if (now - _lookedAt >= LookEvery)
                {
                    _lookedAt = now;
                    Refresh();
                }

                return _current;
            }
        }
    }

    /// <summary>SHA-256 of a certificate, as browsers show it.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', Convert.ToHexString(certificate.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));

    private void Refresh()
    {
        try
        {
            Make();
            if (Stamp() != _stamp)
            {
                _current = Read();
                LogRead(_logger, CertificatePath, Fingerprint(_current), _current.NotAfter.ToUniversalTime());
            }
        }
        catch (GatewayCertificateException e)
        {
            LogNotRead(_logger, e.Message, _current.NotAfter.ToUniversalTime());
        }
    }

    /// <summary>Makes a generated certificate if there is none, or another one when it is due.</summary>
    private void Make()
    {
        if (_options.Mode != GatewayTlsMode.Generated)
        {
            return;
        }

        try
        {
            GeneratedCertificate.Ensure(_folder, _names, _time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new GatewayCertificateException($"{CertificatePath} cannot be written ({e.Message.ReplaceLineEndings(" ")}): correct the folder's permissions", e);
        }
    }

    private X509Certificate2 Read()
    {
        try
        {
            _stamp = Stamp();
            var read = X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);

            // Windows TLS cannot use a key that exists only in memory; a PKCS #12 round trip persists it.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null) : read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new GatewayCertificateException(
                $"{GatewayTlsOptions.Section}: {CertificatePath} and {KeyPath} are not a certificate and its key in PEM, not encrypted ({e.Message.ReplaceLineEndings(" ")}): correct the files or their permissions", e);
        }
    }

    private (DateTime Certificate, DateTime Key) Stamp() => (File.GetLastWriteTimeUtc(CertificatePath), File.GetLastWriteTimeUtc(KeyPath));

    [LoggerMessage(EventId = 650, Level = LogLevel.Information, Message = "The gateway has a new certificate {File}, SHA-256 {Fingerprint}, valid until {NotAfter:u}")]
    private static partial void LogRead(ILogger logger, string file, string fingerprint, DateTime notAfter);

    [LoggerMessage(EventId = 651, Level = LogLevel.Error, Message = "The gateway keeps its certificate until {NotAfter:u}: {Problem}")]
    private static partial void LogNotRead(ILogger logger, string problem, DateTime notAfter);
}
