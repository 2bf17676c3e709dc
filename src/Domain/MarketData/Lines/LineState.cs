namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>How far one reader of the venue has come, as its batches tell.</summary>
[GenerateSerializer, Immutable, Alias("LineState")]
public readonly record struct LineState
{
    /// <summary>0 before its first batch.</summary>
    [Id(0)] public long Epoch { get; init; }

    [Id(1)] public long LastSequence { get; init; }

    /// <summary>The greatest venue time of its events.</summary>
    [Id(2)] public Timestamp LastEventTime { get; init; }

    /// <summary>False after an interruption until its next event.</summary>
    [Id(3)] public bool IsConnected { get; init; }

    /// <summary>Events read, repeats of its own left out.</summary>
    [Id(4)] public long Events { get; init; }

    /// <summary>Events that it was the first to bring.</summary>
    [Id(5)] public long Taken { get; init; }

    /// <summary>Events of its epochs that never came.</summary>
    [Id(6)] public long Holes { get; init; }

    [Id(7)] public long Interruptions { get; init; }
}
