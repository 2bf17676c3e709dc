using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Client.Access;
using BtcAgent.Client.Certificates;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Roles;

namespace BtcAgent.Silo.Doctor;

/// <summary>The certificates of the cluster and of the gateway: readable, with their key, valid, for the expected name.</summary>
internal sealed class CertificateExamination : IExamination
{
    private static readonly TimeSpan EndsSoon = TimeSpan.FromDays(21);

    public string Name => "certificate";

    public Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var tls = agent.Section<ClusterTlsOptions>(ClusterTlsOptions.Section);
        if (tls.IsOn)
        {
            findings.Add(Examine("certificate-cluster", tls.Certificate, tls.Key, tls.TargetHost, agent.Time.GetUtcNow()));
        }

        var endpoints = agent.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.GetSection("Certificate"));
        foreach (var certificate in endpoints.Append(agent.Configuration.GetSection("Kestrel:Certificates:Default")))
        {
            // A file with a password is PKCS #12, which Kestrel reads; these are the PEM files.
            if (certificate["Path"] is { Length: > 0 } path && certificate["KeyPath"] is { Length: > 0 } key)
            {
                findings.Add(Examine("certificate-gateway", path, key, "", agent.Time.GetUtcNow()));
            }
        }

        if (GatewayTls.IsOn(agent.Configuration, agent.Settings))
        {
            findings.Add(OfGateway(agent));
        }
        else if (agent.IsAlone && IPAddress.TryParse(agent.Settings.Listen, out var listen) && !IPAddress.IsLoopback(listen)
            && agent.Section<GatewayOptions>(GatewayOptions.Section) is { KnownProxies.Count: 0, KnownNetworks.Count: 0 })
        {
            findings.Add(Finding.Warning(
                "gateway-tls", $"the gateway listens on {listen} without TLS: keys and sessions cross the network in the clear",
                $"set {GatewayTlsOptions.Section}:{nameof(GatewayTlsOptions.Mode)}=Generated, or name the TLS proxy in Gateway:KnownProxies"));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    /// <summary>An own certificate has every name by which the gateway is called; a generated one is made again for them.</summary>
    private static Finding OfGateway(ExaminedAgent agent)
    {
        const string Check = "certificate-gateway";
        var tls = agent.Section<GatewayTlsOptions>(GatewayTlsOptions.Section);
        var hosts = agent.Section<GatewayOptions>(GatewayOptions.Section).AllowedHosts.Where(host => !host.Contains('*', StringComparison.Ordinal));
        if (tls.Mode == GatewayTlsMode.Own)
        {
            return hosts.Select(host => Examine(Check, tls.Certificate, tls.Key, host, agent.Time.GetUtcNow()))
                .Append(Examine(Check, tls.Certificate, tls.Key, "", agent.Time.GetUtcNow())).MaxBy(finding => finding.Grade)!;
        }

        var file = Path.Combine(agent.DataFolder, GatewayCertificate.GeneratedFile);
        if (!File.Exists(file))
        {
            return Finding.Ok(Check, "the start makes a certificate");
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return Finding.Ok(Check, $"{file}, valid until {certificate.NotAfter.ToUniversalTime():u} and renewed before, SHA-256 {GatewayCertificate.Fingerprint(certificate)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Finding.Warning(Check, $"{file} cannot be read ({e.Message.ReplaceLineEndings(" ")})", "the next start makes another one");
        }
    }

    private static Finding Examine(string name, string path, string keyPath, string host, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(path, keyPath);
            var (start, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
            return now.UtcDateTime > end ? Finding.Problem(name, $"{path} expired at {end:u}", "renew it; the agent reads the new files without a restart")
                : now.UtcDateTime < start ? Finding.Problem(name, $"{path} is valid only from {start:u}", "wait, or correct this machine's clock")
                : host.Length > 0 && !certificate.MatchesHostname(host) ? Finding.Problem(name, $"{path} is not for '{host}'", "give it that DNS name, or correct the setting that names the host")
                : end - now.UtcDateTime < EndsSoon ? Finding.Warning(name, $"{path} expires at {end:u}", "renew it")
                : Finding.Ok(name, $"{path} is valid until {end:u}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return Finding.Problem(name, $"{path} with {keyPath} cannot be used ({e.Message.ReplaceLineEndings(" ")})", "give a certificate and its key in PEM");
        }
    }
}
