using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Contracts.Features;

/// <summary>The best levels of the rebuilt book, best first.</summary>
[GenerateSerializer, Immutable, Alias("BookTop")]
public sealed record BookTop(
    [property: Id(0)] bool InSync,
    [property: Id(1)] long LastUpdateId,
    [property: Id(2)] ImmutableArray<PriceLevel> Bids,
    [property: Id(3)] ImmutableArray<PriceLevel> Asks);
