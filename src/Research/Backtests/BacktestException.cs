namespace BtcAgent.Research.Backtests;

/// <summary>A backtest cannot continue; the message gives the time, the reason and the remedy.</summary>
public sealed class BacktestException(string message) : Exception(message);
