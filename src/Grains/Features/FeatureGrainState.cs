using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Grains.Features;

/// <summary>A snapshot of one instrument's book and features, and where the log continues from it.</summary>
public sealed class FeatureGrainState
{
    /// <summary>The saved pipeline as <c>SealedImage</c> packs it; null before the first snapshot.</summary>
    public byte[]? Pipeline { get; set; }

    /// <summary>Hash of the feature schema that the image belongs to.</summary>
    public ulong SchemaHash { get; set; }

    /// <summary>Log that the offsets count in, where it ends with the process; null for one that outlives processes.</summary>
    public string? LogId { get; set; }

    /// <summary>Offset of the last message that is part of the snapshot.</summary>
    public long Offset { get; set; }

    /// <summary>Offset of the message with which the pipeline's history began.</summary>
    public long Origin { get; set; }

    public long FeedEpoch { get; set; }

    public long LastSequence { get; set; }

    /// <summary>Events that came again and were left out; 0 in snapshots of older versions.</summary>
    public long Repeats { get; set; }

    /// <summary>Events of an epoch that never came; 0 in snapshots of older versions.</summary>
    public long Missing { get; set; }

    public long EventsConsumed { get; set; }

    public ulong SequenceChecksum { get; set; }

    /// <summary>When the newest event of the snapshot had been read; unknown in snapshots of older versions.</summary>
    public Timestamp IngestedAt { get; set; }

    /// <summary>Of two lines; null with one.</summary>
    public LineArbiterState? Lines { get; set; }
}
