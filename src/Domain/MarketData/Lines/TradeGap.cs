namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>Ids of trades that have not come, both ends included.</summary>
[GenerateSerializer, Immutable, Alias("TradeGap")]
public readonly record struct TradeGap([property: Id(0)] long First, [property: Id(1)] long Last);
