using System.Diagnostics;
using System.Text;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

public sealed class TlsClusterTests(TlsCluster cluster) : IClassFixture<TlsCluster>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Grains_OfEitherSilo_AreCalledFromTheOther(int silo)
    {
        var places = new HashSet<string>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (var key = silo * 1_000_000L; places.Count < 2; key++)
        {
            timeout.Token.ThrowIfCancellationRequested();
            places.Add(await cluster.GrainsOf(silo).GetGrain<ILocationGrain>(key).FindAsync());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(TestAuthority.DnsName)]
    public async Task Client_WithCertificateOfTheAuthority_CallsGrain(string targetHost)
    {
        var options = cluster.IssueClient();
        options.TargetHost = targetHost;
        using var client = await cluster.ConnectAsync(options);

        var place = await client.Services.GetRequiredService<IGrainFactory>().GetGrain<ILocationGrain>(-1).FindAsync();

        Assert.StartsWith("S127.0.0.1", place);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Client_ExpectingAnotherName_RefusesTheSilo()
    {
        var options = cluster.IssueClient();
        options.TargetHost = "another.cluster.test";
        var log = new RecordedLog();

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.ConnectAsync(options, log));

        await log.WaitForAsync("(Connecting) with", "does not contain the name in Cluster:Tls:TargetHost");
    }

    [Fact]
    public async Task Client_WithoutTls_IsRefused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.ConnectAsync(options: null));

        await cluster.Log.WaitForAsync("refused", "the peer does not use TLS");
        await AssertServesAsync();
    }

    [Fact]
    public async Task Client_OfAnotherAuthority_RefusesTheSilo()
    {
        using var other = new TestAuthority("another authority");
        var log = new RecordedLog();

        await Assert.ThrowsAnyAsync<Exception>(
            () => cluster.ConnectAsync(other.Issue(cluster.NewFolder("other"), "stranger"), log));

        await log.WaitForAsync("(Connecting)", "certificate CN=silo 0 is not trusted");
        await AssertServesAsync();
    }

    [Fact]
    public async Task Silo_ShownACertificateOfAnotherAuthority_RefusesIt()
    {
        using var other = new TestAuthority("another authority");
        using var certificate = other.Issue("intruder");
        foreach (var listener in cluster.Listeners)
        {
            using var peer = await RawPeer.ConnectAsync(listener);
            await AssertClosedAsync(peer, async () => await peer.AuthenticateAsync(certificate));

            await cluster.Log.WaitForAsync($"{peer.Address} refused", "certificate CN=intruder is not trusted");
        }
    }

    [Fact]
    public async Task Silo_ShownNoCertificate_RefusesIt()
    {
        foreach (var listener in cluster.Listeners)
        {
            using var peer = await RawPeer.ConnectAsync(listener);
            await AssertClosedAsync(peer, async () => await peer.AuthenticateAsync(certificate: null));

            await cluster.Log.WaitForAsync($"{peer.Address} refused", "the peer sent no certificate");
        }
    }

    [Fact]
    public async Task Silo_SentPlainBytes_ClosesAndLivesOn()
    {
        foreach (var listener in cluster.Listeners)
        {
            using var peer = await RawPeer.ConnectAsync(listener);
            await peer.Stream.WriteAsync(
                Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), TestContext.Current.CancellationToken);

            await RawPeer.ReadToEndAsync(peer.Stream);
            await cluster.Log.WaitForAsync($"{peer.Address} refused", "the peer does not use TLS");
        }

        await AssertServesAsync();
    }

    [Fact]
    public async Task Silo_WithPeersThatNeverFinish_DropsThemAndServesOthersMeanwhile()
    {
        var started = Stopwatch.StartNew();
        using var silent = await RawPeer.ConnectAsync(cluster.Gateway);
        using var halfway = await RawPeer.ConnectAsync(cluster.Gateway);
        await halfway.Stream.WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02 }, TestContext.Current.CancellationToken);
        var dropped = Task.WhenAll(RawPeer.ReadToEndAsync(silent.Stream), RawPeer.ReadToEndAsync(halfway.Stream));

        await AssertServesAsync();

        await dropped;
        Assert.True(started.ElapsedMilliseconds > TlsCluster.HandshakeTimeoutMs * 0.9, $"after {started.Elapsed}");
        var reason = $"no handshake within {TlsCluster.HandshakeTimeoutMs} ms";
        await cluster.Log.WaitForAsync($"{silent.Address} refused", reason);
        await cluster.Log.WaitForAsync($"{halfway.Address} refused", reason);
    }

    [Fact]
    public async Task Silo_WithCertificateReplacedOnDisk_ShowsTheNewOneToTheNextPeer()
    {
        using var client = cluster.Authority.Issue("observer");

        Assert.Equal("CN=silo 1", await AskSubjectAsync());
        cluster.Authority.WriteTo(cluster.SecondFolder, "silo 1 renewed");
        Assert.Equal("CN=silo 1 renewed", await AskSubjectAsync());

        async Task<string> AskSubjectAsync()
        {
            using var peer = await RawPeer.ConnectAsync(cluster.SecondGateway);
            await using var tls = await peer.AuthenticateAsync(client);
            return tls.RemoteCertificate!.Subject;
        }
    }

    /// <summary>With TLS 1.3 the connecting side learns of a refusal only after its handshake, at the first read.</summary>
    private static async Task AssertClosedAsync(RawPeer peer, Func<Task<System.Net.Security.SslStream>> authenticate)
    {
        try
        {
            await RawPeer.ReadToEndAsync(await authenticate());
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            await RawPeer.ReadToEndAsync(peer.Stream);
        }
    }

    private async Task AssertServesAsync()
    {
        using var client = await cluster.ConnectAsync(cluster.IssueClient());
        Assert.NotEmpty(
            await client.Services.GetRequiredService<IGrainFactory>().GetGrain<ILocationGrain>(-2).FindAsync());
        await client.StopAsync(TestContext.Current.CancellationToken);
    }
}
