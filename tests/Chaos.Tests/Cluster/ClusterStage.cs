using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Starts the processes of a cluster against real servers.</summary>
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

    /// <summary>A process that reads the simulated venue and does not trade.</summary>
    public static string[] LiveIngest(SimulatedVenue venue, int port, string folder) =>
        ["--role", "ingest", "--venue", "binance-testnet", "--port", $"{port}", "--data", folder, .. Settings(venue)];

    /// <param name="database">Connection string.</param>
    /// <param name="broker">Broker of the streams.</param>
    /// <param name="feeds">True when the process may read the venue.</param>
    /// <param name="node">Network node to run in; null for loopback.</param>
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
        // A rule that changes direction often, and trades each time.
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
