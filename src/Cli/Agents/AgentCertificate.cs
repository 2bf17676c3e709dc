using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>Judges an agent's certificate, and remembers what is wrong with it: the exception of a handshake does not say.</summary>
/// <param name="host">Name that the certificate must have.</param>
/// <param name="authorityFile">PEM file of the authority; null for the system's authorities.</param>
internal sealed class AgentCertificate(string host, string? authorityFile)
{
    /// <summary>The problem of the last one; null when it was right, or none was shown.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="UsageException">The authority cannot be read.</exception>
    public SslClientAuthenticationOptions Options() => new() { CertificateChainPolicy = Trust(), RemoteCertificateValidationCallback = Judge };

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = errors == SslPolicyErrors.None ? null : Explain(certificate as X509Certificate2, chain, errors);
        return Problem is null;
    }

    private string Explain(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        if (chain?.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid) == true)
        {
            return $"its certificate is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u}: "
                + "renew it, or correct this machine's clock";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? $"its certificate is signed by '{SafeText.Of(certificate.Issuer)}', which "
                + (authorityFile is null ? "this system does not trust: name its authority with --ca-file" : $"the authority in {authorityFile} does not cover")
            : $"its certificate is for '{SafeText.Of(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false))}', not for '{host}': "
                + "use that name, or give the certificate this one";
    }

    private X509ChainPolicy? Trust()
    {
        if (authorityFile is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"--ca-file: '{authorityFile}' cannot be read ({e.Message}): name a PEM file with the authority's certificate");
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new UsageException($"--ca-file: '{authorityFile}' contains no certificate in PEM");
    }
}
