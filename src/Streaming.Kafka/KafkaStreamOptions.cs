using System.Collections.ObjectModel;
using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>One stream provider over Kafka.</summary>
public sealed class KafkaStreamOptions
{
    /// <summary>Brokers to ask first, <c>host:port</c> with commas between.</summary>
    [Required(ErrorMessage = "BootstrapServers is empty: give the brokers as host:port,host:port")]
    public string BootstrapServers { get; set; } = "";

    /// <summary>Name under which the read offsets are committed. Clusters of different names read independently.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ConsumerGroup { get; set; } = "orleans";

    /// <summary>Topics of this provider; a stream of another namespace is refused.</summary>
    [MinLength(1, ErrorMessage = "Topics is empty: a provider needs at least one topic")]
    public Collection<KafkaTopicOptions> Topics { get; } = [];

    /// <summary>Where messages go that cannot be read or delivered.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DeadLetterTopic { get; set; } = "dead_letters";

    /// <summary>Milliseconds that a receiver waits for messages before it lets its agent look after other things.</summary>
    [Range(1, 10_000)]
    public int ReceiveWaitMs { get; set; } = 50;

    /// <summary>Most messages of one partition that wait for their consumers before the broker is read no further.</summary>
    [Range(1, 10_000_000)]
    public int PendingMessagesMax { get; set; } = 20_000;

    /// <summary>Most payload bytes of one partition that wait for their consumers.</summary>
    [Range(1_024, int.MaxValue)]
    public int PendingBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Delivered messages kept per partition for cheap rewinds; older ones are read from the broker again.</summary>
    [Range(0, 1_000_000)]
    public int RetainedMessages { get; set; } = 512;

    /// <summary>Milliseconds between commits of the read offsets.</summary>
    [Range(10, 60_000)]
    public int CommitIntervalMs { get; set; } = 1_000;

    /// <summary>Milliseconds between looks at the topics that are read: were they made anew, have they got partitions.</summary>
    [Range(100, 600_000)]
    public int TopicCheckMs { get; set; } = 5_000;

    /// <summary>Milliseconds after which an undelivered message goes to the dead letters.</summary>
    [Range(100, 3_600_000)]
    public int DeliveryTimeMsMax { get; set; } = 10_000;

    /// <summary>Milliseconds that a produced message may wait for the broker before its caller gets an error.</summary>
    [Range(1_000, 3_600_000)]
    public int ProduceTimeMsMax { get; set; } = 120_000;

    /// <summary>Most KiB that wait for the broker; beyond it, callers wait.</summary>
    [Range(64, 2_097_151)]
    public int ProduceQueueKiBMax { get; set; } = 32 * 1024;

    /// <summary>Milliseconds to gather messages into one request.</summary>
    [Range(0.0, 1_000.0)]
    public double LingerMs { get; set; }

    public CompressionType Compression { get; set; } = CompressionType.Lz4;

    /// <summary>Further settings of librdkafka, passed on as they are: <c>security.protocol</c>, <c>sasl.username</c>, ….</summary>
    public Dictionary<string, string> Client { get; } = [];

    internal bool TryGetTopic(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KafkaTopicOptions? topic)
    {
        topic = Topics.FirstOrDefault(t => t.Name == name);
        return topic is not null;
    }
}
