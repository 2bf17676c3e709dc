using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData;

/// <summary>
/// Consecutive events of one instrument, as they travel on the stream <c>market-data</c>. <c>FeedEpoch</c> is the
/// fencing number of the feed that read them; <c>IngestedAt</c> is this process's clock at the first event, which
/// in a replay differs from the recorded receive time. <c>Line</c> tells the two readers of one venue apart, each with
/// sequences and epochs of its own.
/// </summary>
[GenerateSerializer, Immutable, Alias("MarketDataBatch")]
public sealed record MarketDataBatch(
    [property: Id(0)] InstrumentId Instrument,
    [property: Id(1)] long FeedEpoch,
    [property: Id(2)] ImmutableArray<MarketEvent> Events,
    [property: Id(3)] ImmutableArray<PriceLevel> Levels,
    [property: Id(4)] Timestamp IngestedAt,
    [property: Id(5)] int Line = 0)
{
    /// <summary>The levels of one of this batch's events: bids, then asks.</summary>
    public ReadOnlySpan<PriceLevel> LevelsOf(in MarketEvent marketEvent) =>
        Levels.AsSpan().Slice(marketEvent.LevelsStart, marketEvent.LevelCount);

    /// <summary>The same, for who holds on to them.</summary>
    public ReadOnlyMemory<PriceLevel> LevelMemoryOf(in MarketEvent marketEvent) =>
        Levels.AsMemory().Slice(marketEvent.LevelsStart, marketEvent.LevelCount);
}
