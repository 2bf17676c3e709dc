using System.Collections.Concurrent;

namespace BtcAgent.Streaming.Kafka;

/// <summary>What a provider is doing on this silo: for readiness probes. Registered under the provider's name.</summary>
public sealed class KafkaStreamStatus
{
    private readonly ConcurrentDictionary<object, bool> _receivers = new(ReferenceEqualityComparer.Instance);
    private volatile bool _isBalanced;

    /// <summary>Partitions dealt to this silo.</summary>
    public int Partitions => _receivers.Count;

    /// <summary>Partitions that are being read: the broker has said from where.</summary>
    public int PartitionsReading => _receivers.Values.Count(reading => reading);

    /// <summary>True when this silo has got its share and reads all of it; a share may be empty.</summary>
    public bool IsReading => _isBalanced && _receivers.Values.All(reading => reading);

    internal void SetBalanced() => _isBalanced = true;

    internal void Add(object receiver) => _receivers[receiver] = false;

    internal void SetReading(object receiver) => _receivers[receiver] = true;

    internal void Remove(object receiver) => _receivers.TryRemove(receiver, out _);
}
