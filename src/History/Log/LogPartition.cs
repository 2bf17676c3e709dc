using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Log;

/// <summary>One ordered part of a log.</summary>
/// <param name="Log">
/// Identity of the log, such as <c>local-1f0c…</c> or <c>kafka</c>: offsets of different logs have nothing to do with each other.
/// </param>
/// <param name="Topic">The topic.</param>
/// <param name="Number">Number of the partition within the topic, from 0.</param>
public readonly record struct LogPartition(string Log, FactTopic Topic, int Number)
{
    public override string ToString() => $"{Log}/{FactTopics.NameOf(Topic)}/{Number}";
}
