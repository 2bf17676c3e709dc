using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>All that a <see cref="LineArbiter"/> remembers.</summary>
[GenerateSerializer, Immutable, Alias("LineArbiterState")]
public sealed record LineArbiterState
{
    [Id(0)] public ImmutableArray<LineState> Lines { get; init; } = [new(), new()];

    /// <summary>Events taken so far: the number of the last one.</summary>
    [Id(1)] public long Sequence { get; init; }

    [Id(2)] public long TradeId { get; init; }

    [Id(3)] public long QuoteId { get; init; }

    [Id(4)] public long DeltaId { get; init; }

    /// <summary>First update id of the deltas taken since the last interruption.</summary>
    [Id(7)] public long DeltasFrom { get; init; }

    /// <summary>Trades passed over by the line that was ahead, oldest first; the first are all before the first one.</summary>
    [Id(5)] public ImmutableArray<TradeGap> TradeGaps { get; init; } = [];

    /// <summary>Book updates ahead of the book, each line's in its order.</summary>
    [Id(6)] public ImmutableArray<HeldDeltaState> Held { get; init; } = [];
}
