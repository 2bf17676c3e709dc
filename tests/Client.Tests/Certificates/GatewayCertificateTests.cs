using BtcAgent.Client.Certificates;
using BtcAgent.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Client.Tests.Certificates;

/// <summary>The gateway's certificate: made, kept, renewed, and read again when its files change.</summary>
public sealed class GatewayCertificateTests : IDisposable
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "::1", "agent.example.org"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-tls-");
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly RecordedLog<GatewayCertificate> _log = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Generated_FirstStart_MakesAClosedKeyAndEveryName()
    {
        var certificate = Open(new() { Mode = GatewayTlsMode.Generated }).Current;

        Assert.All(Names, name => Assert.True(certificate.MatchesHostname(name), name));
        Assert.False(certificate.MatchesHostname("other.example.org"));
        Assert.True(certificate.HasPrivateKey);
        Assert.Equal(32 * 3 - 1, GatewayCertificate.Fingerprint(certificate).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("gateway-tls.key")));
        }
    }

    [Fact]
    public void Generated_AnotherStart_KeepsIt_UnlessANameIsNewOrTheFilesAreDamaged()
    {
        var options = new GatewayTlsOptions { Mode = GatewayTlsMode.Generated };
        var first = Open(options).Current.Thumbprint;
        Assert.Equal(first, Open(options).Current.Thumbprint);

        var second = Open(options, [.. Names, "second.example.org"]).Current;
        Assert.NotEqual(first, second.Thumbprint);
        Assert.True(second.MatchesHostname("second.example.org"));

        File.WriteAllText(In("gateway-tls.key"), "damaged");
        Assert.NotEqual(second.Thumbprint, Open(options).Current.Thumbprint);
    }

    [Fact]
    public void Generated_AMonthBeforeItsEnd_IsRenewedWithoutARestart()
    {
        var certificate = Open(new() { Mode = GatewayTlsMode.Generated });
        var first = certificate.Current.Thumbprint;
        _time.Advance(TimeSpan.FromDays(334));
        Assert.Equal(first, certificate.Current.Thumbprint);

        _time.Advance(TimeSpan.FromDays(2));

        Assert.NotEqual(first, certificate.Current.Thumbprint);
        Assert.True(certificate.Current.NotAfter > _time.GetUtcNow().AddDays(300).LocalDateTime);
        Assert.Contains("has a new certificate", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_FilesReplaced_AreReadWithinAMinute_DamagedOnesAreNot()
    {
        using var authority = new TestAuthority("authority");
        authority.WriteTo(_folder.FullName, "first", validDays: 5);
        var certificate = Open(Own());
        Assert.Contains("first", certificate.Current.Subject, StringComparison.Ordinal);

        authority.WriteTo(_folder.FullName, "second", validDays: 5);
        Touch(1);
        Assert.Contains("second", certificate.Current.Subject, StringComparison.Ordinal);

        File.WriteAllText(In("tls.key"), "damaged");
        Touch(2);
        Assert.Contains("second", certificate.Current.Subject, StringComparison.Ordinal);
        Assert.Contains("keeps its certificate", _log.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "is valid from")]
    [InlineData(5, "are not a certificate and its key")]
    public void Own_ExpiredOrWithoutItsKey_IsRefusedAtTheStart(double validDays, string expected)
    {
        using var authority = new TestAuthority("authority");
        authority.WriteTo(_folder.FullName, "own", validDays);
        if (validDays > 0)
        {
            using var other = new TestAuthority("other");
            other.WriteTo(In("other"), "other");
            File.Copy(In("other/tls.key"), In("tls.key"), overwrite: true);
        }

        Assert.Contains(expected, Assert.Throws<GatewayCertificateException>(() => Open(Own())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GatewayTlsMode.Own, "", "", "needs Certificate and Key")]
    [InlineData(GatewayTlsMode.Own, "a", "", "needs Certificate and Key")]
    [InlineData(GatewayTlsMode.Generated, "a", "b", "are those of Mode=Own")]
    [InlineData(GatewayTlsMode.Off, "a", "", "are those of Mode=Own")]
    public void Validate_ModeAndFiles_MustAgree(GatewayTlsMode mode, string certificate, string key, string expected)
    {
        var result = new GatewayTlsOptionsValidator().Validate(null, new() { Mode = mode, Certificate = certificate, Key = key });

        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    private GatewayTlsOptions Own() => new() { Mode = GatewayTlsMode.Own, Certificate = In("tls.crt"), Key = In("tls.key") };

    private GatewayCertificate Open(GatewayTlsOptions options, string[]? names = null) =>
        new(Options.Create(options), _folder.FullName, names ?? Names, _time, _log);

    /// <summary>A later time of the files, whatever the clock of the disk, and a minute of ours.</summary>
    private void Touch(int minutes)
    {
        foreach (var file in new[] { "tls.crt", "tls.key" })
        {
            File.SetLastWriteTimeUtc(In(file), _time.GetUtcNow().UtcDateTime.AddMinutes(minutes));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
