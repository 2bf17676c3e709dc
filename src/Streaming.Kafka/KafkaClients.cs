using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Settings of the producers, consumers and administrators that a provider opens.</summary>
internal static class KafkaClients
{
    /// <summary>Readers assign explicit offsets, so no consumer group waits for their next poll.</summary>
    private const int PollIntervalMsMax = 86_400_000;

    public static ProducerConfig Producer(KafkaStreamOptions options) => With(options, new ProducerConfig
    {
        BootstrapServers = options.BootstrapServers,
        Acks = Acks.All,
        EnableIdempotence = true,
        CompressionType = options.Compression,
        LingerMs = options.LingerMs,
        MessageTimeoutMs = options.ProduceTimeMsMax,
        QueueBufferingMaxKbytes = options.ProduceQueueKiBMax,
        ReconnectBackoffMs = 50,
        ReconnectBackoffMaxMs = 1_000,
        SocketNagleDisable = true,
    });

    public static ConsumerConfig Consumer(KafkaStreamOptions options) => With(options, new ConsumerConfig
    {
        BootstrapServers = options.BootstrapServers,
        GroupId = options.ConsumerGroup,
        EnableAutoOffsetStore = false,
        EnableAutoCommit = true,
        AutoCommitIntervalMs = options.CommitIntervalMs,

        // A deleted offset must be an error to report, never a silent jump.
        AutoOffsetReset = AutoOffsetReset.Error,
        MaxPollIntervalMs = PollIntervalMsMax,
        FetchWaitMaxMs = 100,
        FetchErrorBackoffMs = 50,
        FetchQueueBackoffMs = 5,
        QueuedMaxMessagesKbytes = 16 * 1024,
        ReconnectBackoffMs = 50,
        ReconnectBackoffMaxMs = 1_000,
        SocketNagleDisable = true,
    });

    /// <summary>A consumer that reads old messages and leaves the group's offsets unchanged.</summary>
    public static ConsumerConfig Rewinder(KafkaStreamOptions options)
    {
        var config = Consumer(options);
        config.EnableAutoCommit = false;
        return config;
    }

    public static AdminClientConfig Admin(KafkaStreamOptions options) =>
        With(options, new AdminClientConfig { BootstrapServers = options.BootstrapServers });

    private static T With<T>(KafkaStreamOptions options, T config)
        where T : ClientConfig
    {
        KafkaLibrary.EnsureUsable();
        foreach (var (key, value) in options.Client)
        {
            config.Set(key, value);
        }

        return config;
    }
}
