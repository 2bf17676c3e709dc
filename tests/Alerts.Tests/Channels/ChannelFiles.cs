using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Tests.Channels;

/// <summary>Secrets of channels in files of a temporary folder, and messages to send.</summary>
internal sealed class ChannelFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-alerts-");

    public static readonly DateTimeOffset At = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"{text}\n");
        return path;
    }

    /// <summary>A certificate of 127.0.0.1 that is its own authority, and its PEM file.</summary>
    public (X509Certificate2 Certificate, string Path) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=smtp test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var path = Write("ca.pem", made.ExportCertificatePem());
        return (X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null), path);
    }

    public static AlertDelivery Message(DeliveryKind kind = DeliveryKind.Firing, string id = "0123456789abcdef", params Alert[] alerts) =>
        new(id, "channel", kind, "BreakerTripped", alerts.Length == 0 ? [Alert()] : [.. alerts], At);

    public static Alert Alert(AlertPhase phase = AlertPhase.Firing, string id = "a1", string summary = "main: halted <now> & \"quoted\"") => new()
    {
        Id = id,
        Name = "BreakerTripped",
        Severity = AlertSeverity.Critical,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("portfolio", "main"),
        Summary = summary,
        Detail = "DRAWDOWN: 12 %",
        Source = "agent",
        Phase = phase,
        PendingSince = At,
        FiringSince = At,
        ResolvedAt = phase == AlertPhase.Resolved ? At.AddMinutes(1) : null,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
