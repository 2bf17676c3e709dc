namespace BtcAgent.Domain.Portfolios;

/// <summary>Equity in the portfolio's quote asset at an event time.</summary>
[GenerateSerializer, Immutable, Alias("EquityPoint")]
public readonly record struct EquityPoint([property: Id(0)] Timestamp EventTime, [property: Id(1)] decimal Equity);
