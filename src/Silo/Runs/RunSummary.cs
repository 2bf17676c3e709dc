using System.Collections.Immutable;

namespace BtcAgent.Silo.Runs;

/// <summary>The results of a replay, written as JSON by <c>--summary FILE</c>.</summary>
public sealed record RunSummary
{
    public required long Trades { get; init; }

    public required long DepthUpdates { get; init; }

    /// <summary>Gaps in the book's update ids after the first snapshot.</summary>
    public required long BookGaps { get; init; }

    /// <summary>Comparisons of the rebuilt top with the venue's quote that agreed in price and quantity.</summary>
    public required long TopMatches { get; init; }

    public required long TopComparable { get; init; }

    /// <summary>Samples taken.</summary>
    public required long FeatureVectors { get; init; }

    /// <summary>Signals that passed validation.</summary>
    public required long Signals { get; init; }

    /// <summary>Decided samples, with or without an order.</summary>
    public required long Decisions { get; init; }

    public required long Orders { get; init; }

    public required long Fills { get; init; }

    /// <summary>Sum over the portfolios, in their quote asset.</summary>
    public required decimal FinalEquity { get; init; }

    /// <summary>SHA-256 over all decisions in order.</summary>
    public required string DecisionsHash { get; init; }

    /// <summary>Frames that were refused as malformed.</summary>
    public required long FramesRefused { get; init; }

    /// <summary>Percentiles by stage in camel case; stages without measurements are omitted.</summary>
    public required ImmutableSortedDictionary<string, StageLatency> Latency { get; init; }
}
