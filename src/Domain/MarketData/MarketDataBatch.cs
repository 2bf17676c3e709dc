using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData;

/// <summary>
/// Consecutive events of one instrument, as they travel on the stream <c>market_data</c>. <c>FeedEpoch</c> is the fencing number
/// of the feed that read them; <c>IngestedAt</c> is this process's clock at the first event, which in a replay differs from the
/// recorded receive time. <c>Line</c> is 0 or 1 for the two readers of one venue, each with its own sequences and epochs.
/// <c>ClockSkewMs</c> is the venue's clock minus this process's, as the feed last measured it; null before it did.
/// </summary>
[GenerateSerializer, Immutable, Alias("MarketDataBatch")]
public sealed record MarketDataBatch(
    [property: Id(0)] InstrumentId Instrument,
    [property: Id(1)] long FeedEpoch,
    [property: Id(2)] ImmutableArray<MarketEvent> Events,
    [property: Id(3)] ImmutableArray<PriceLevel> Levels,
    [property: Id(4)] Timestamp IngestedAt,
    [property: Id(5)] int Line = 0,
    [property: Id(6)] double? ClockSkewMs = null)
{
    /// <summary>
    /// Most events that may be missing between two batches: more than five hours at 5,000 events a second.
    /// </summary>
    public const long MissingMax = 100_000_000;

    /// <summary>
    /// True when more than <see cref="MissingMax"/> events are missing before its last one: a sequence in it must be wrong.
    /// </summary>
    /// <param name="expected">The next sequence of its epoch; 1 for a later epoch, the batch's own for a reader that has read nothing.</param>
    public bool IsImplausible(long expected) => !Events.IsEmpty && Events[^1].Sequence - expected > MissingMax;

    /// <summary>The levels of one of this batch's events: bids, then asks.</summary>
    public ReadOnlySpan<PriceLevel> LevelsOf(in MarketEvent marketEvent) =>
        Levels.AsSpan().Slice(marketEvent.LevelsStart, marketEvent.LevelCount);

    /// <summary>As <see cref="LevelsOf"/>, for callers that keep the levels.</summary>
    public ReadOnlyMemory<PriceLevel> LevelMemoryOf(in MarketEvent marketEvent) =>
        Levels.AsMemory().Slice(marketEvent.LevelsStart, marketEvent.LevelCount);
}
