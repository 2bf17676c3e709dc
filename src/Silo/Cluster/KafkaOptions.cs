using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Cluster;

/// <summary>The cluster's log: section <c>Kafka</c>.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    /// <summary>Brokers for the first connection, <c>host:port</c> separated by commas. Default empty.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Name under which the silos commit their offsets. Default <c>btcagent</c>.</summary>
    [Required]
    public string ConsumerGroup { get; set; } = "btcagent";

    /// <summary>
    /// Partitions of <c>market_data</c>: more than silos, since instruments are spread over them. Fixed once the topic exists.
    /// Default 8.
    /// </summary>
    [Range(1, 10_000)]
    public int MarketDataPartitions { get; set; } = 8;

    /// <summary>Partitions of each topic of facts. Default 4.</summary>
    [Range(1, 10_000)]
    public int FactPartitions { get; set; } = 4;

    /// <summary>Copies of each partition; −1 uses the brokers' default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>Hours that the topics keep messages, which limits how long decisions can be replayed. Default 168.</summary>
    [Range(1, 87_600)]
    public int RetentionHours { get; set; } = 168;

    /// <inheritdoc cref="RetentionHours"/>
    public TimeSpan Retention => TimeSpan.FromHours(RetentionHours);

    /// <summary>Further settings of librdkafka, such as <c>Kafka:Client:security.protocol</c>. Default none.</summary>
    public Dictionary<string, string> Client { get; } = [];
}
