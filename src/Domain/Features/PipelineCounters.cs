namespace BtcAgent.Domain.Features;

/// <summary>What a pipeline has seen since it was made.</summary>
[GenerateSerializer, Immutable, Alias("PipelineCounters")]
public readonly record struct PipelineCounters
{
    [Id(0)] public long Events { get; init; }

    [Id(1)] public long Trades { get; init; }

    [Id(2)] public long DepthUpdates { get; init; }

    [Id(3)] public long Quotes { get; init; }

    [Id(4)] public long Snapshots { get; init; }

    /// <summary>Gaps in the book's update ids.</summary>
    [Id(5)] public long BookGaps { get; init; }

    /// <summary>Applied depth updates whose rebuilt top equals the venue's quote at the same update id.</summary>
    [Id(6)] public long TopMatches { get; init; }

    /// <summary>Applied depth updates for which the venue's quote at the same update id is known.</summary>
    [Id(7)] public long TopComparable { get; init; }

    /// <summary>Events seen before, dropped by sequence.</summary>
    [Id(8)] public long Duplicates { get; init; }

    /// <summary>Events of the epoch that never came.</summary>
    [Id(9)] public long SequenceHoles { get; init; }

    /// <summary>Events with a venue time before the core's clock; taken at the clock.</summary>
    [Id(10)] public long TimesBackwards { get; init; }

    [Id(11)] public long Samples { get; init; }

    /// <summary>Trades older than the open bar, left out of bars.</summary>
    [Id(12)] public long LateTrades { get; init; }

    [Id(13)] public long Interruptions { get; init; }

    [Id(14)] public long CrossedBooks { get; init; }

    /// <summary>Events whose venue time was too far ahead to be believed; taken at the clock.</summary>
    [Id(15)] public long TimesAhead { get; init; }

    /// <summary>Times that the core's clock stood wrong and was turned back, with features beginning anew.</summary>
    [Id(16)] public long ClockTurnedBack { get; init; }
}
