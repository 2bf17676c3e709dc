using System.Net;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>Two silos on loopback that use TLS with each other and at their gateways.</summary>
public sealed class TlsCluster : IAsyncLifetime
{
    public const int HandshakeTimeoutMs = 1_500;

    private readonly string _folder = Directory.CreateTempSubdirectory("tls-cluster").FullName;
    private readonly int[] _ports = LoopbackPorts.FindFree(4);
    private readonly List<IHost> _silos = [];

    internal TestAuthority Authority { get; } = new("the cluster's authority");

    internal RecordedLog Log { get; } = new();

    public IPEndPoint Gateway => new(IPAddress.Loopback, _ports[2]);

    public IPEndPoint[] Listeners => [new(IPAddress.Loopback, _ports[0]), Gateway];

    public string SecondFolder => Path.Combine(_folder, "silo1");

    public IPEndPoint SecondGateway => new(IPAddress.Loopback, _ports[3]);

    public IGrainFactory GrainsOf(int silo) => _silos[silo].Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var options = Authority.Issue(Path.Combine(_folder, $"silo{i}"), $"silo {i}");
            options.HandshakeTimeoutMs = HandshakeTimeoutMs;
            options.RefusalLogSeconds = 0;
            var (siloPort, gatewayPort) = (_ports[i], _ports[i + 2]);
            var builder = NewHost(Log);
            builder.UseOrleans(silo => silo
                .UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, _ports[0]))
                .AddClusterTls(options));
            _silos.Add(builder.Build());
            await _silos[i].StartAsync();
        }
    }

    /// <summary>A client of the first silo; without options it does not use TLS.</summary>
    internal async Task<IHost> ConnectAsync(ClusterTlsOptions? options, RecordedLog? log = null)
    {
        var builder = NewHost(log ?? new RecordedLog());
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(Gateway.Port)
            .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
            .AddClusterTls(options ?? new ClusterTlsOptions()));
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    internal ClusterTlsOptions IssueClient() => Authority.Issue(Path.Combine(_folder, "client"), "client");

    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.StopAsync();
            silo.Dispose();
        }

        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static HostApplicationBuilder NewHost(RecordedLog log)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log);
        return builder;
    }
}
