namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>Trades as a target holds them.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Distinct">Different trade ids.</param>
/// <param name="Quantity">Sum of the quantities, exact.</param>
/// <param name="Notional">Sum of price × quantity, exact.</param>
internal sealed record StoredTrades(long Rows, long Distinct, decimal Quantity, decimal Notional);
