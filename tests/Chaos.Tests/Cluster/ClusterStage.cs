using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>How the processes of a cluster are started against real servers.</summary>
internal static class ClusterStage
{
    public const int FactPartitions = 4;

    public static string[] Silo(SimulatedVenue venue, int port, string folder) =>
        ["--role", "silo", "--venue", "binance-testnet", "--port", $"{port}", "--data", folder, .. Settings(venue)];

    public static string[] Gateway(SimulatedVenue venue, int port, string folder) =>
        ["--role", "gateway", "--venue", "binance-testnet", "--port", $"{port}", "--data", folder, .. Settings(venue)];

    public static string[] Ingest(IReadOnlyList<string> tapes, int speed, int port, string folder) =>
    [
        "--role", "ingest", "--venue", "replay", "--port", $"{port}", "--data", folder, "--speed", $"{speed}",
        .. tapes.SelectMany(tape => new[] { "--tape", tape }),
    ];

    /// <summary>Reads the simulated venue and trades nothing.</summary>
    public static string[] LiveIngest(SimulatedVenue venue, int port, string folder) =>
        ["--role", "ingest", "--venue", "binance-testnet", "--port", $"{port}", "--data", folder, .. Settings(venue)];

    /// <param name="database">Connection string.</param>
    /// <param name="broker">Of the streams.</param>
    /// <param name="feeds">The process may feed market data.</param>
    /// <param name="node">Where it runs; null for on loopback.</param>
    public static Dictionary<string, string> Environment(string database, KafkaBroker broker, bool feeds, NetworkNode? node = null) =>
        new(DrillStage.AgentEnvironment().Concat(DrillCertificates.Settings()))
        {
            ["Cluster__Postgres"] = database,
            ["Cluster__Address"] = node?.Address.ToString() ?? "127.0.0.1",
            ["Cluster__SiloPort"] = "0",
            ["Cluster__GatewayPort"] = "0",
            ["Kafka__BootstrapServers"] = broker.Address,
            ["Kafka__FactPartitions"] = $"{FactPartitions}",
            ["Feeds__Enabled"] = feeds ? "true" : "false",
            ["Feeds__LeaseSeconds"] = "60",
        };

    private static IEnumerable<string> Settings(SimulatedVenue venue) => DrillStage.Settings(venue).Concat(new Dictionary<string, string>
    {
        // A rule that changes its mind often, and trades whenever it does.
        ["Agent:Strategies:0:Model"] = "flow-momentum",
        ["Agent:Strategies:0:Fallback"] = "flow-momentum",
        ["Agent:Strategies:0:Parameters:entry"] = "0.05",
        ["Agent:Strategies:0:Parameters:exit"] = "0.01",
        ["Agent:Signals:MinConfidence"] = "0",
        ["Agent:Signals:CoolDownMs"] = "0",
        ["Agent:Limits:CoolDownMs"] = "0",
        ["Agent:Limits:MaxSpreadBps"] = "1000",
        ["Agent:SnapshotSeconds"] = "5",
    }).SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" });
}
