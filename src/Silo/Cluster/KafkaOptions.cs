using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Cluster;

/// <summary>The cluster's log: section <c>Kafka</c>.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    /// <summary>Brokers to ask first, <c>host:port</c> with commas between.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Name under which the silos commit what they have read.</summary>
    [Required]
    public string ConsumerGroup { get; set; } = "btcagent";

    /// <summary>Partitions of <c>market_data</c>: more than silos, as instruments are spread over them. Fixed once the topic is there.</summary>
    [Range(1, 10_000)]
    public int MarketDataPartitions { get; set; } = 8;

    /// <summary>Partitions of each topic of facts.</summary>
    [Range(1, 10_000)]
    public int FactPartitions { get; set; } = 4;

    /// <summary>Copies of each partition; −1 takes the brokers' default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>Hours that the topics keep messages: as far back as decisions can be replayed.</summary>
    [Range(1, 87_600)]
    public int RetentionHours { get; set; } = 168;

    /// <summary>Further settings of librdkafka, such as <c>Kafka:Client:security.protocol</c>.</summary>
    public Dictionary<string, string> Client { get; } = [];
}
