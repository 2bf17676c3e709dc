namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>Range of ids of missing trades, both ends inclusive.</summary>
[GenerateSerializer, Immutable, Alias("TradeGap")]
public readonly record struct TradeGap([property: Id(0)] long First, [property: Id(1)] long Last);
