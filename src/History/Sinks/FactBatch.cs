using BtcAgent.History.Log;

namespace BtcAgent.History.Sinks;

/// <summary>Consecutive facts of one partition, without repeats.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="First">Offset from which the batch was read: the sink's checkpoint before it.</param>
/// <param name="Next">The sink's checkpoint after it.</param>
/// <param name="Facts">The facts; empty when everything read was a repeat or unreadable.</param>
public sealed record FactBatch(LogPartition Partition, long First, long Next, IReadOnlyList<FactRecord> Facts)
{
    /// <summary>Facts of this range that were published and are not in the batch: the log cannot read them any more, or nobody can decode them.</summary>
    public IReadOnlyList<OffsetRange> Lost { get; init; } = [];
}
