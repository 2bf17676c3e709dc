using System.Collections.Concurrent;

namespace BtcAgent.Streaming.Kafka;

/// <summary>State of a provider on this silo, for readiness probes. Registered under the provider's name.</summary>
public sealed class KafkaStreamStatus
{
    private readonly ConcurrentDictionary<object, bool> _receivers = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, string> _problems = new();
    private volatile bool _isBalanced;

    /// <summary>Partitions dealt to this silo.</summary>
    public int Partitions => _receivers.Count;

    /// <summary>Partitions whose first offset the broker has returned and that are being read.</summary>
    public int PartitionsReading => _receivers.Values.Count(reading => reading);

    /// <summary>True when this silo has received its share and reads all of it; the share may be empty.</summary>
    public bool IsReading => _isBalanced && _receivers.Values.All(reading => reading);

    /// <summary>
    /// Problems that stop messages from being read until an operator acts, such as partitions added to a topic; null if
    /// none.
    /// </summary>
    public string? Problem => _problems.IsEmpty ? null : string.Join("; ", _problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => problem.Value));

    internal void SetProblem(string topic, string? problem)
    {
        if (problem is null)
        {
            _problems.TryRemove(topic, out _);
        }
        else
        {
            _problems[topic] = problem;
        }
    }

    internal void SetBalanced() => _isBalanced = true;

    internal void Add(object receiver) => _receivers[receiver] = false;

    internal void SetReading(object receiver) => _receivers[receiver] = true;

    internal void Remove(object receiver) => _receivers.TryRemove(receiver, out _);
}
