using System.Diagnostics.Metrics;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Counters of the providers in this process, in the meter <see cref="Name"/>.</summary>
public static class KafkaStreamMeter
{
    public const string Name = "Orleans.Streaming.Kafka";

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Produced =
        Meter.CreateCounter<long>("kafka.stream.produced", description: "Messages acknowledged by the broker, by topic");

    internal static readonly Counter<long> ProduceFailures =
        Meter.CreateCounter<long>("kafka.stream.produce.failures", description: "Messages that the broker did not accept, by topic");

    internal static readonly Counter<long> Read =
        Meter.CreateCounter<long>("kafka.stream.read", description: "Messages read from the broker, by topic and partition");

    internal static readonly Counter<long> Delivered =
        Meter.CreateCounter<long>("kafka.stream.delivered", description: "Messages delivered to a consumer, by topic and partition");

    internal static readonly Counter<long> Rebalances =
        Meter.CreateCounter<long>("kafka.stream.rebalances", description: "Changes of the partitions this silo reads");

    internal static readonly Counter<long> Rewinds =
        Meter.CreateCounter<long>("kafka.stream.rewinds", description: "Passes over the broker's old messages for consumers that rewound");

    internal static readonly Counter<long> DeadLetters =
        Meter.CreateCounter<long>("kafka.stream.dead.letters", description: "Messages that could not be read or delivered, by topic");

    internal static readonly Counter<long> Skipped =
        Meter.CreateCounter<long>("kafka.stream.skipped", description: "Offsets that the broker had deleted before they were read");

    internal static readonly Counter<long> TopicsRecreated = Meter.CreateCounter<long>(
        "kafka.stream.topics.made.anew", description: "Partitions whose topic was deleted and created again while they were read");

    internal static readonly Histogram<double> DeliveryDelay = Meter.CreateHistogram<double>(
        "kafka.stream.delivery.delay", unit: "ms", description: "From reading a message to delivering it to its consumer");

    /// <summary>Observes a partition until the result is disposed.</summary>
    internal static IDisposable Observe(PartitionCache cache) => new PartitionGauges(Meter, cache);
}
