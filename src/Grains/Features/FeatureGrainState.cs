using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Grains.Features;

/// <summary>A snapshot of one instrument's book and features, and the position in the log after it.</summary>
public sealed class FeatureGrainState
{
    /// <summary>The saved pipeline as <c>SealedImage</c> packs it; null before the first snapshot.</summary>
    public byte[]? Pipeline { get; set; }

    /// <summary>Hash of the feature schema that the image belongs to.</summary>
    public ulong SchemaHash { get; set; }

    /// <summary>Log of the offsets, if it ends with the process; null for a log that outlives processes.</summary>
    public string? LogId { get; set; }

    /// <summary>Offset of the last message that is part of the snapshot.</summary>
    public long Offset { get; set; }

    /// <summary>Offset of the message with which the pipeline's history began.</summary>
    public long Origin { get; set; }

    public long FeedEpoch { get; set; }

    public long LastSequence { get; set; }

    /// <summary>Number of repeated events that were skipped; 0 in snapshots of older versions.</summary>
    public long Repeats { get; set; }

    /// <summary>Number of events of an epoch that never arrived; 0 in snapshots of older versions.</summary>
    public long Missing { get; set; }

    public long EventsConsumed { get; set; }

    public ulong SequenceChecksum { get; set; }

    /// <summary>Ingest time of the newest event of the snapshot; unknown in snapshots of older versions.</summary>
    public Timestamp IngestedAt { get; set; }

    /// <summary>State of two lines; null with one.</summary>
    public LineArbiterState? Lines { get; set; }
}
