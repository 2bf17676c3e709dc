using System.Collections.Immutable;

namespace BtcAgent.Contracts.Feeds;

/// <summary>Health of one instrument's feed, counted since the silo started to read it.</summary>
[GenerateSerializer, Immutable, Alias("FeedHealth")]
public sealed record FeedHealth
{
    /// <summary>False after an interruption until events arrive again.</summary>
    [Id(0)] public required bool IsConnected { get; init; }

    [Id(1)] public required long Epoch { get; init; }

    [Id(2)] public required long Events { get; init; }

    [Id(3)] public required long Interruptions { get; init; }

    /// <summary>Events of one feed epoch that never arrived.</summary>
    [Id(4)] public required long SequenceHoles { get; init; }

    [Id(5)] public required long Duplicates { get; init; }

    [Id(6)] public required Timestamp LastEventTime { get; init; }

    [Id(7)] public required Timestamp LastReceiveTime { get; init; }

    /// <summary>
    /// Milliseconds since the feed read the last batch, on our clocks; 0 before the first event. A tape's recorded times do not count.
    /// </summary>
    [Id(8)] public required double AgeMs { get; init; }

    /// <summary>Skipped batches that no feed can have written.</summary>
    [Id(11)] public long BatchesRefused { get; init; }

    /// <summary>Health of each line where two processes read the venue; empty with one.</summary>
    [Id(9)] public ImmutableArray<FeedLineHealth> Lines { get; init; } = [];

    /// <summary>The venue's clock minus the reader's in milliseconds, as last measured; null when never measured.</summary>
    [Id(10)] public double? ClockSkewMs { get; init; }
}
