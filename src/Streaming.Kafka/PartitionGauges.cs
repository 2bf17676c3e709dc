using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Gauges over the partitions that this process reads; a partition is observed until its entry is disposed.
/// </summary>
internal sealed class PartitionGauges : IDisposable
{
    private static readonly ConcurrentDictionary<PartitionGauges, PartitionCache> Seen = new();
    private static readonly Lock Creating = new();
    private static bool created;

    public PartitionGauges(Meter meter, PartitionCache cache)
    {
        Seen[this] = cache;
        lock (Creating)
        {
            if (!created)
            {
                created = true;
                Gauge(meter, "kafka.stream.lag", "Messages at the broker that are not yet delivered", c => c.Lag);
                Gauge(meter, "kafka.stream.pending", "Messages read and not yet delivered", c => c.Pending);
                Gauge(meter, "kafka.stream.pending.bytes", "Payload bytes read and not yet delivered", c => c.PendingBytes);
            }
        }
    }

    public void Dispose() => Seen.TryRemove(this, out _);

    private static void Gauge(Meter meter, string name, string description, Func<PartitionCache, long> read) =>
        meter.CreateObservableGauge(
            name,
            () => Seen.Values.Select(cache => new Measurement<long>(
                read(cache),
                new KeyValuePair<string, object?>("topic", cache.Topic),
                new KeyValuePair<string, object?>("partition", cache.Partition))),
            description: description);
}
