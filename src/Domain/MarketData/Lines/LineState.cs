namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>The progress of one reader of the venue, derived from its batches.</summary>
[GenerateSerializer, Immutable, Alias("LineState")]
public readonly record struct LineState
{
    /// <summary>0 before its first batch.</summary>
    [Id(0)] public long Epoch { get; init; }

    [Id(1)] public long LastSequence { get; init; }

    /// <summary>The latest venue time of its events.</summary>
    [Id(2)] public Timestamp LastEventTime { get; init; }

    /// <summary>False after an interruption until its next event.</summary>
    [Id(3)] public bool IsConnected { get; init; }

    /// <summary>Events read, without its own repeats.</summary>
    [Id(4)] public long Events { get; init; }

    /// <summary>Events that it delivered before the other line.</summary>
    [Id(5)] public long Taken { get; init; }

    /// <summary>Events of its epochs that never arrived.</summary>
    [Id(6)] public long Holes { get; init; }

    [Id(7)] public long Interruptions { get; init; }
}
