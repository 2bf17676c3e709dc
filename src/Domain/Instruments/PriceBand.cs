namespace BtcAgent.Domain.Instruments;

/// <summary>Highest and lowest limit price as multiples of the reference price.</summary>
[GenerateSerializer, Immutable, Alias("PriceBand")]
public readonly record struct PriceBand([property: Id(0)] decimal Up, [property: Id(1)] decimal Down);
