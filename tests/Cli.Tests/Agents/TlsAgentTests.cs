using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>An agent in its own process with a generated certificate, and who trusts it.</summary>
public sealed class TlsAgentTests : IAsyncLifetime
{
    private const string Announcement = "Sign in:";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-tls-agent-");
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process _process = null!;

    private string Certificate => Path.Combine(_folder.FullName, "gateway-tls.crt");

    private string[] Agent => ["--port", "0", "--data", _folder.FullName, "--set", "Gateway:Tls:Mode=Generated", "--set", "Gateway:GrpcPort=0", "--set", "StarterModel:Enabled=false"];

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll"), .. Agent])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"the agent ended: {Said}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _address.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Generated_IsTrustedByItsFile_AndByNothingElse()
    {
        var url = await _address.Task;
        Assert.Equal("https", url.Scheme);
        var key = Path.Combine(_folder.FullName, "operator.key");

        Assert.Contains("paper on Simulator", CommandRun.Of("status", "--url", $"{url}", "--key-file", key, "--ca-file", Certificate).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("--ca-file", CommandRun.Of("status", "--url", $"{url}", "--key-file", key).Expect(3).Error, StringComparison.Ordinal);

        var fingerprint = await HandshakeAsync(url.Port, "localhost");
        Assert.Contains($"SHA-256 {fingerprint}", Said, StringComparison.Ordinal);
        Assert.Contains($"SHA-256 {fingerprint}", CommandRun.Of(["doctor", "--", .. Agent]).Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(url.Port, "agent.example.org"));
        var grpc = new Uri(Said[(Said.IndexOf("gRPC:", StringComparison.Ordinal) + 5)..].Split('\n')[0].Trim());
        Assert.Equal("https", grpc.Scheme);
        Assert.Equal(fingerprint, await HandshakeAsync(grpc.Port, "localhost"));

        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = Trusting("localhost"), AllowAutoRedirect = false, UseCookies = false });
        using var signedIn = await http.PostAsync(
            new Uri(url, "/signin"), new FormUrlEncodedContent([new("key", await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken))]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-btcagent=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.False(signedIn.Headers.Contains("Strict-Transport-Security")); // It would hold for all ports of localhost.
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(url) { Scheme = "http" }.Uri, TestContext.Current.CancellationToken));
    }

    private SslClientAuthenticationOptions Trusting(string host)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Certificate);
        return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy };
    }

    /// <returns>The fingerprint of the certificate on the wire.</returns>
    private async Task<string> HandshakeAsync(int port, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Trusting(host), TestContext.Current.CancellationToken);
        return Client.Certificates.GatewayCertificate.Fingerprint((X509Certificate2)tls.RemoteCertificate!);
    }

    private string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains("Ctrl-C stops it", StringComparison.Ordinal) == true)
        {
            var address = Said[(Said.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..].Split('\n')[0].Trim();
            _address.TrySetResult(new Uri(new Uri(address).GetLeftPart(UriPartial.Authority)));
        }
    }
}
