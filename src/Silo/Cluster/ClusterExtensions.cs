using System.Net;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Facts;
using BtcAgent.Grains.Storage;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Postgres;
using BtcAgent.Streaming.Kafka;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace BtcAgent.Silo.Cluster;

/// <summary>Configures membership, state and reminders on PostgreSQL, streams on Kafka, and TLS connections if enabled.</summary>
internal static class ClusterExtensions
{
    private const int DeliveryMinutesMax = 10;
    private const int MissedProbesMax = 3;

    /// <summary>Longest probe time-out for a silo under load, as a multiple of the usual one.</summary>
    private const double LongestProbe = 1.5;

    private static readonly TimeSpan GatewayListAge = TimeSpan.FromSeconds(2);

    public static ISiloBuilder AddClusterSilo(this ISiloBuilder silo, ClusterNodeOptions node, KafkaOptions kafka, ClusterTlsOptions tls)
    {
        var connection = PostgresConnection.ForOrleans(node.Postgres);
        var free = LoopbackPorts.FindFree(2);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (node.ClusterId, node.ServiceId));
        silo.ConfigureEndpoints(
            AddressOf(node),
            node.SiloPort == 0 ? free[0] : node.SiloPort,
            node.GatewayPort == 0 ? free[1] : node.GatewayPort,
            listenOnAnyHostAddress: !IPAddress.IsLoopback(AddressOf(node)));
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = node.ProbeTimeout;

            // Orleans does not declare a silo dead that answered within the last three of the longest probes: that is the
            // detection time of a network that silently drops packets.
            options.MaxProbeTimeout = options.ProbeTimeout * LongestProbe;
            options.NumMissedProbesLimit = MissedProbesMax;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = PostgresConnection.Invariant;
            options.ConnectionString = connection;
        });
        silo.AddAdoNetGrainStorage(GrainStateNames.Provider, options => options.Configure<IServiceProvider>((storage, services) =>
        {
            storage.Invariant = PostgresConnection.Invariant;
            storage.ConnectionString = connection;
            storage.GrainStorageSerializer = new StateSerializer();
        }));
        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = PostgresConnection.Invariant;
            options.ConnectionString = connection;
        });
        silo.AddDashboard();
        silo.AddKafkaStreams(StreamNames.Provider, options => Configure(options, kafka));
        silo.Services.AddKafkaPayloadCodec<ProtobufCodec>(StreamNames.Provider);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(12));
        if (tls.IsOn)
        {
            silo.AddClusterTls(tls);
        }

        return silo;
    }

    public static IClientBuilder AddClusterClient(
        this IClientBuilder client, ClusterNodeOptions node, KafkaOptions? kafka, ClusterTlsOptions tls)
    {
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (node.ClusterId, node.ServiceId));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayListAge);
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = PostgresConnection.Invariant;
            options.ConnectionString = PostgresConnection.ForOrleans(node.Postgres);
        });
        client.UseConnectionRetryFilter<ConnectUntilStopped>();
        if (kafka is not null)
        {
            client.AddKafkaStreams(StreamNames.Provider, options => Configure(options, kafka));
            client.Services.AddKafkaPayloadCodec<ProtobufCodec>(StreamNames.Provider);
        }

        if (tls.IsOn)
        {
            client.AddClusterTls(tls);
        }

        return client;
    }

    /// <exception cref="StartupException">The address is not an IP address.</exception>
    public static IPAddress AddressOf(ClusterNodeOptions node)
    {
        var text = node.Address.Length > 0 ? node.Address : Environment.GetEnvironmentVariable("POD_IP") ?? "127.0.0.1";
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new StartupException($"Cluster:Address '{text}' is not an IP address: set the one at which the other silos reach this one");
    }

    private static void Configure(KafkaStreamOptions options, KafkaOptions kafka)
    {
        options.BootstrapServers = kafka.BootstrapServers;
        options.ConsumerGroup = kafka.ConsumerGroup;
        options.DeadLetterTopic = StreamNames.DeadLetters;

        // A database outage of minutes must not lose an instrument's ticks.
        options.DeliveryTimeMsMax = DeliveryMinutesMax * 60_000;
        options.Topics.Add(Topic(StreamNames.MarketData, kafka.MarketDataPartitions, isRead: true));
        foreach (var facts in FactTopics.All.Where(topic => topic != FactTopic.MarketData).Select(FactTopics.NameOf))
        {
            options.Topics.Add(Topic(facts, kafka.FactPartitions, isRead: false));
        }

        foreach (var (name, value) in kafka.Client)
        {
            options.Client[name] = value;
        }

        KafkaTopicOptions Topic(string name, int partitions, bool isRead) => new()
        {
            Name = name,
            Partitions = partitions,
            ReplicationFactor = kafka.ReplicationFactor,
            IsRead = isRead,
            Settings = { ["retention.ms"] = ((long)kafka.Retention.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
    }
}
