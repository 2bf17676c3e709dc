using System.Collections.ObjectModel;
using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Options of one stream provider over Kafka.</summary>
public sealed class KafkaStreamOptions
{
    /// <summary>Bootstrap brokers as <c>host:port</c>, separated by commas. Required.</summary>
    [Required(ErrorMessage = "BootstrapServers is empty: give the brokers as host:port,host:port")]
    public string BootstrapServers { get; set; } = "";

    /// <summary>
    /// Consumer group under which read offsets are committed. Default <c>orleans</c>; clusters with different groups read
    /// independently.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string ConsumerGroup { get; set; } = "orleans";

    /// <summary>Topics of this provider, at least one; streams of other namespaces are refused. Required.</summary>
    [MinLength(1, ErrorMessage = "Topics is empty: a provider needs at least one topic")]
    public Collection<KafkaTopicOptions> Topics { get; } = [];

    /// <summary>Topic for messages that cannot be read or delivered. Default <c>dead_letters</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DeadLetterTopic { get; set; } = "dead_letters";

    /// <summary>
    /// Longest time that a receiver waits for messages before it returns to its agent, in milliseconds. Default 50.
    /// </summary>
    [Range(1, 10_000)]
    public int ReceiveWaitMs { get; set; } = 50;

    /// <inheritdoc cref="ReceiveWaitMs"/>
    public TimeSpan ReceiveWait => TimeSpan.FromMilliseconds(ReceiveWaitMs);

    /// <summary>Undelivered messages of one partition at which reading from the broker pauses. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int PendingMessagesMax { get; set; } = 20_000;

    /// <summary>
    /// Undelivered payload bytes of one partition at which reading from the broker pauses. Default 64 MiB.
    /// </summary>
    [Range(1_024, int.MaxValue)]
    public int PendingBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Delivered messages kept per partition for cheap rewinds; older ones are read from the broker again. Default 512.
    /// </summary>
    [Range(0, 1_000_000)]
    public int RetainedMessages { get; set; } = 512;

    /// <summary>Time between commits of the read offsets, in milliseconds. Default 1,000.</summary>
    [Range(10, 60_000)]
    public int CommitIntervalMs { get; set; } = 1_000;

    /// <summary>Time between checks for recreated topics and added partitions, in milliseconds. Default 5,000.</summary>
    [Range(100, 600_000)]
    public int TopicCheckMs { get; set; } = 5_000;

    /// <inheritdoc cref="TopicCheckMs"/>
    public TimeSpan TopicCheck => TimeSpan.FromMilliseconds(TopicCheckMs);

    /// <summary>Time after which an undelivered message becomes a dead letter, in milliseconds. Default 10,000.</summary>
    [Range(100, 3_600_000)]
    public int DeliveryTimeMsMax { get; set; } = 10_000;

    /// <summary>
    /// Longest time that a produced message waits for the broker before its caller gets an error, in milliseconds. Default
    /// 120,000.
    /// </summary>
    [Range(1_000, 3_600_000)]
    public int ProduceTimeMsMax { get; set; } = 120_000;

    /// <summary>Produced data that may wait for the broker, in KiB; callers wait beyond it. Default 32,768.</summary>
    [Range(64, 2_097_151)]
    public int ProduceQueueKiBMax { get; set; } = 32 * 1024;

    /// <summary>Time to collect messages into one request, in milliseconds. Default 0.</summary>
    [Range(0.0, 1_000.0)]
    public double LingerMs { get; set; }

    /// <summary>Compression of produced messages. Default Lz4.</summary>
    public CompressionType Compression { get; set; } = CompressionType.Lz4;

    /// <summary>
    /// Further settings of librdkafka, passed on unchanged: <c>security.protocol</c>, <c>sasl.username</c>, …. Default none.
    /// </summary>
    public Dictionary<string, string> Client { get; } = [];

    internal bool TryGetTopic(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KafkaTopicOptions? topic)
    {
        topic = Topics.FirstOrDefault(t => t.Name == name);
        return topic is not null;
    }
}
