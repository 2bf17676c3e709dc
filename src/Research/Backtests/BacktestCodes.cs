namespace BtcAgent.Research.Backtests;

/// <summary>Codes of orders that a backtest did not send, beside those of signals and risk.</summary>
public static class BacktestCodes
{
    /// <summary>A short signal closed the position only, since there is no inventory to sell.</summary>
    public const string LongOnly = "LONG_ONLY";

    /// <summary>No money was left for an entry.</summary>
    public const string NoFunds = "NO_FUNDS";
}
