using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Log;

/// <summary>A log of facts with offsets: segment files of a single process, or the topics of a cluster.</summary>
public interface IFactLog
{
    /// <summary>True when market data may be in it twice, as in a log that crashed readers of a feed send to again.</summary>
    bool MarketDataMayRepeat { get; }

    /// <summary>The partitions of the given topics; grows when topics or partitions are added.</summary>
    IReadOnlyList<LogPartition> Partitions(IReadOnlyCollection<FactTopic> topics);

    /// <summary>The first offset that is kept, and the offset that the next fact will get.</summary>
    ValueTask<(long First, long Next)> BoundsAsync(LogPartition partition, CancellationToken cancellationToken);

    /// <summary>
    /// Reads entries from an offset, in order. Returns none at the end of the log. An offset before the first that is kept
    /// reads from the first.
    /// </summary>
    ValueTask<IReadOnlyList<LogEntry>> ReadAsync(LogPartition partition, long offset, int entriesMax, CancellationToken cancellationToken);

    /// <summary>
    /// Facts between two offsets that were in the log and cannot be read any more, ascending; other offsets without an entry never had a
    /// fact. Complete for offsets that were read.
    /// </summary>
    IReadOnlyList<OffsetRange> LostBetween(LogPartition partition, long from, long to) => [];

    /// <summary>Completes when something is appended after it was taken: take it before reading, so that no fact is missed.</summary>
    Task NextAppend { get; }
}
