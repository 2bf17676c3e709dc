using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>State of a <see cref="LineArbiter"/>.</summary>
[GenerateSerializer, Immutable, Alias("LineArbiterState")]
public sealed record LineArbiterState
{
    [Id(0)] public ImmutableArray<LineState> Lines { get; init; } = [new(), new()];

    /// <summary>Number of the last event taken.</summary>
    [Id(1)] public long Sequence { get; init; }

    [Id(2)] public long TradeId { get; init; }

    [Id(3)] public long QuoteId { get; init; }

    [Id(4)] public long DeltaId { get; init; }

    /// <summary>First update id of the deltas taken since the last interruption.</summary>
    [Id(7)] public long DeltasFrom { get; init; }

    /// <summary>Number of the last tally of posts.</summary>
    [Id(8)] public long TallyNumber { get; init; }

    /// <summary>Number of the last notice of economic releases.</summary>
    [Id(9)] public long NoticeNumber { get; init; }

    /// <summary>
    /// Trades skipped by the line that was ahead, oldest first; the first range covers everything before the first trade.
    /// </summary>
    [Id(5)] public ImmutableArray<TradeGap> TradeGaps { get; init; } = [];

    /// <summary>Book updates ahead of the book, in order per line.</summary>
    [Id(6)] public ImmutableArray<HeldDeltaState> Held { get; init; } = [];
}
