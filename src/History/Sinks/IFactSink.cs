using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;

namespace BtcAgent.History.Sinks;

/// <summary>
/// Stores facts in a server or in files. It keeps its own checkpoint beside what it stored, so that a restart neither misses
/// nor doubles a fact. One caller at a time. Throws <see cref="SinkException"/> when the target does not accept; the caller
/// tries again later with the same facts.
/// </summary>
public interface IFactSink : IAsyncDisposable
{
    /// <summary>Name in status, metrics and logs: lower case.</summary>
    string Name { get; }

    /// <summary>The topics that it stores; may change with each opening.</summary>
    IReadOnlyCollection<FactTopic> Topics { get; }

    /// <summary>
    /// A part that it cannot store since its last opening; null for none. It is opened again from time to time, and then receives that
    /// part's facts from its checkpoint on. May be called at any time.
    /// </summary>
    SinkStall? Stall => null;

    /// <summary>
    /// Connects, prepares the target and takes the ownership from an earlier owner, whose writes fail from now on. Called
    /// again after each failure.
    /// </summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>The offset of the first fact of a partition that is not stored durably; null when none ever was.</summary>
    Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a batch: all of it or nothing. A sink that collects facts for larger writes may store it later; it reports what is
    /// durable by <see cref="CheckpointAsync"/>, and after a failure it receives everything from there again.
    /// </summary>
    Task WriteAsync(FactBatch batch, CancellationToken cancellationToken);

    /// <summary>Stores what it has collected and is due; called at least once a second, and with true before the end.</summary>
    Task FlushAsync(bool everything, CancellationToken cancellationToken);
}
