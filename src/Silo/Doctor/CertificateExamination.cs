using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Silo.Cluster.Tls;

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

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static Finding Examine(string name, string path, string keyPath, string host, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(path, keyPath);
            var (start, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
            return now.UtcDateTime > end ? Finding.Problem(name, $"{path} expired at {end:u}", "renew it; the agent reads the new files without a restart")
                : now.UtcDateTime < start ? Finding.Problem(name, $"{path} is valid only from {start:u}", "wait, or correct this machine's clock")
                : host.Length > 0 && !certificate.MatchesHostname(host) ? Finding.Problem(name, $"{path} is not for '{host}'", "give it that DNS name, or correct TargetHost")
                : end - now.UtcDateTime < EndsSoon ? Finding.Warning(name, $"{path} expires at {end:u}", "renew it")
                : Finding.Ok(name, $"{path} is valid until {end:u}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return Finding.Problem(name, $"{path} with {keyPath} cannot be used ({e.Message.ReplaceLineEndings(" ")})", "give a certificate and its key in PEM");
        }
    }
}
