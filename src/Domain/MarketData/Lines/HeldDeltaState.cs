using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>A book update that waits for earlier ones.</summary>
[GenerateSerializer, Immutable, Alias("HeldDeltaState")]
public readonly record struct HeldDeltaState(
    [property: Id(0)] int Line, [property: Id(1)] MarketEvent Event, [property: Id(2)] ImmutableArray<PriceLevel> Levels);
