using BtcAgent.History.Log;

namespace BtcAgent.History.Live;

/// <summary>The rows of one fact, by the topic of events they belong to.</summary>
/// <param name="Partition">Where the fact is.</param>
/// <param name="Next">Offset behind it.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record LiveFact(LogPartition Partition, long Next, IReadOnlyList<(string Topic, LiveRow Row)> Rows)
{
    /// <summary>Which facts before it are no longer kept; null when none is missing.</summary>
    public string? Gap { get; init; }
}
