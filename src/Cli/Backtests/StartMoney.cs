namespace BtcAgent.Cli.Backtests;

/// <summary>Money at the start of a backtest, and its fee.</summary>
/// <param name="Cash">Quote asset at the start.</param>
/// <param name="Base">Base asset at the start.</param>
/// <param name="FeeBps">Fee of each fill, in basis points of the notional.</param>
internal sealed record StartMoney(decimal Cash, decimal Base, decimal FeeBps);
