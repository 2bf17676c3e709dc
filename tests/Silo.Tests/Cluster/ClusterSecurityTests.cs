using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Cluster;

/// <summary>No role of a cluster starts with open ports, except a development cluster on loopback.</summary>
public sealed class ClusterSecurityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-security-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(NodeRole.Silo)]
    [InlineData(NodeRole.Gateway)]
    [InlineData(NodeRole.Ingest)]
    [InlineData(NodeRole.Optimizer)]
    [InlineData(NodeRole.Social)]
    public void Build_ClusterWithoutTls_IsRefusedAndNamesTheSettings(NodeRole role)
    {
        var said = Refusal(role, VenueKind.BinancePaper);

        Assert.Contains($"--role {role.ToString().ToLowerInvariant()} needs TLS", said, StringComparison.Ordinal);
        Assert.Contains("Cluster__Tls__Authority", said, StringComparison.Ordinal);
        Assert.Contains("Cluster__Development=true", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VenueKind.BinanceTestnet, "binance-testnet")]
    [InlineData(VenueKind.BinanceLive, "binance-live")]
    public void Build_DevelopmentWithAnAccount_IsRefused(VenueKind venue, string name) => Assert.Contains(
        $"Cluster:Development is refused for venue {name}",
        Refusal(NodeRole.Silo, venue, ("Cluster:Development", "true")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("0.0.0.0")]
    public void Build_DevelopmentBeyondLoopback_IsRefused(string address) => Assert.Contains(
        $"Cluster:Development is refused at address {address}",
        Refusal(NodeRole.Silo, VenueKind.BinancePaper, ("Cluster:Development", "true"), ("Cluster:Address", address)),
        StringComparison.Ordinal);

    [Fact]
    public void Build_DevelopmentBesideTls_IsRefused() => Assert.Contains(
        "are both set",
        Refusal(NodeRole.Silo, VenueKind.BinancePaper, ("Cluster:Development", "true"), ("Cluster:Tls:Certificate", "/x")),
        StringComparison.Ordinal);

    [Fact]
    public void Demand_DevelopmentOnLoopback_IsTaken() => ClusterSecurity.Demand(
        new AgentSettings { Role = NodeRole.Silo, Venue = VenueKind.BinancePaper },
        new ClusterNodeOptions { Development = true, Address = "127.0.0.1" },
        new());

    private string Refusal(NodeRole role, VenueKind venue, params (string Key, string Value)[] settings)
    {
        var refused = Assert.Throws<StartupException>(() => AgentHost.Build(new AgentSettings
        {
            Role = role,
            Venue = venue,
            Port = 0,
            DataFolder = _folder.FullName,
            Overrides =
            [
                new("Cluster:Postgres", "Host=127.0.0.1;Database=none;Username=none"),
                new("Kafka:BootstrapServers", "127.0.0.1:1"),
                .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)),
            ],
        }));
        return StartupProblems.Explain(refused)!;
    }
}
