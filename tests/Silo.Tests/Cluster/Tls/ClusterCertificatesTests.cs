using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

public sealed class ClusterCertificatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-files").FullName;
    private readonly TestAuthority _authority = new("authority");

    [Fact]
    public void Current_WithTheMountsLinkMoved_IsTheNewCertificate()
    {
        // A secret mount: the files are links through "..data", and only that link is replaced.
        _authority.WriteTo(Path.Combine(_folder, "first"), "first");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "first");
        foreach (var name in new[] { "tls.crt", "tls.key", "ca.crt" })
        {
            File.CreateSymbolicLink(Path.Combine(_folder, name), Path.Combine("..data", name));
        }

        var certificates = new ClusterCertificates(TlsFiles.In(_folder));
        Assert.Equal("CN=first", SubjectOf(certificates));

        _authority.WriteTo(Path.Combine(_folder, "second"), "second");
        Directory.Delete(Path.Combine(_folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "second");

        Assert.Equal("CN=second", SubjectOf(certificates));
    }

    [Fact]
    public async Task Current_WithOnlyTheKeyReplaced_KeepsTheOldSetAndSaysSo()
    {
        var options = _authority.Issue(_folder, "first");
        var certificates = new ClusterCertificates(options);
        var renewed = _authority.Issue(Path.Combine(_folder, "renewed"), "renewed");
        var written = File.GetLastWriteTimeUtc(options.Key);
        File.Copy(renewed.Key, options.Key, overwrite: true);
        // Same length and time as the old one: only the content has changed.
        File.SetLastWriteTimeUtc(options.Key, written);
        using var log = new RecordedLog();

        Assert.Equal("CN=first", certificates.Current(log).Own.TargetCertificate.Subject);
        await log.WaitForAsync("cannot be used", "Cluster:Tls:Key");

        File.Copy(renewed.Certificate, options.Certificate, overwrite: true);
        Assert.Equal("CN=renewed", SubjectOf(certificates));
    }

    [Fact]
    public void Constructor_WithExpiredCertificate_NamesTheSetting()
    {
        var options = _authority.Issue(_folder, "old", validDays: -1);

        var refused = Assert.Throws<ClusterCertificateException>(() => new ClusterCertificates(options));

        Assert.StartsWith("Cluster:Tls:Certificate: CN=old would be refused", refused.Message);
    }

    [Fact]
    public void Constructor_WithCertificateOfAnotherAuthority_NamesTheSetting()
    {
        using var other = new TestAuthority("other");
        var options = _authority.Issue(_folder, "silo");
        options.Authority = other.Issue(Path.Combine(_folder, "other"), "silo").Authority;

        var refused = Assert.Throws<ClusterCertificateException>(() => new ClusterCertificates(options));

        Assert.StartsWith("Cluster:Tls:Certificate: CN=silo would be refused", refused.Message);
    }

    [Theory]
    [InlineData("tls.crt", "Cluster:Tls:Certificate")]
    [InlineData("tls.key", "Cluster:Tls:Key")]
    [InlineData("ca.crt", "Cluster:Tls:Authority")]
    public void Constructor_WithFileThatIsNotPem_NamesItsSetting(string file, string setting)
    {
        var options = _authority.Issue(_folder, "silo");
        File.WriteAllText(Path.Combine(_folder, file), "not a PEM file");

        var refused = Assert.Throws<ClusterCertificateException>(() => new ClusterCertificates(options));

        Assert.StartsWith($"{setting}: ", refused.Message);
    }

    [Theory]
    [InlineData(false, false, false, true)]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, false, true, false)]
    [InlineData(true, true, false, false)]
    public void Validate_WithPartOfThePaths_FailsUnlessAllOrNone(
        bool certificate, bool key, bool authority, bool valid)
    {
        var written = _authority.Issue(_folder, "silo");
        var options = new ClusterTlsOptions
        {
            Certificate = certificate ? written.Certificate : "",
            Key = key ? written.Key : "",
            Authority = authority ? written.Authority : "",
        };

        Assert.Equal(valid, new ClusterTlsOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Validate_WithUnusablePathsAndTimeout_NamesEach()
    {
        var options = new ClusterTlsOptions
        {
            Certificate = _folder,
            Key = Path.Combine(_folder, "absent.key"),
            HandshakeTimeoutMs = 99,
        };

        Assert.Collection(
            new ClusterTlsOptionsValidator().Validate(null, options).Failures!,
            e => Assert.Contains("HandshakeTimeoutMs", e),
            e => Assert.StartsWith("Cluster:Tls:Certificate: " + _folder + " is a folder", e),
            e => Assert.StartsWith("Cluster:Tls:Key: there is no file", e),
            e => Assert.StartsWith("Cluster:Tls:Authority is empty", e));
    }

    [Fact]
    public void Validate_WithTargetHostAlone_Fails() => Assert.Contains(
        "TLS is off",
        new ClusterTlsOptionsValidator().Validate(null, new ClusterTlsOptions { TargetHost = "silo" }).FailureMessage);

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string SubjectOf(ClusterCertificates certificates) =>
        certificates.Current(NullLogger.Instance).Own.TargetCertificate.Subject;
}
