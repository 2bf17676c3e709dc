using System.Collections.Immutable;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Contracts.Instruments;

/// <summary>The current state of an instrument.</summary>
[GenerateSerializer, Immutable, Alias("InstrumentSnapshot")]
public sealed record InstrumentSnapshot
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    /// <summary>Null until the venue has answered.</summary>
    [Id(1)] public required TradingRules? Rules { get; init; }

    [Id(2)] public required Quote Quote { get; init; }

    [Id(3)] public required Price LastPrice { get; init; }

    [Id(4)] public required Quantity LastQuantity { get; init; }

    [Id(5)] public required Side? LastAggressor { get; init; }

    /// <summary>Newest last; closed bars of one second, and the open one at the end.</summary>
    [Id(6)] public required ImmutableArray<Bar> Bars { get; init; }

    [Id(7)] public required FeedHealth Health { get; init; }
}
