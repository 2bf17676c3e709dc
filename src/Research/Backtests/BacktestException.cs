namespace BtcAgent.Research.Backtests;

/// <summary>A backtest that cannot go on; the message says when, why and what would mend it.</summary>
public sealed class BacktestException(string message) : Exception(message);
