namespace BtcAgent.Research.Optimization.Sweeps;

/// <summary>Figures of one parameter set, bit for bit those of its backtest; NaN where undefined.</summary>
/// <param name="RoundTrips">Closed positions.</param>
/// <param name="FinalCash">Quote asset at the end.</param>
/// <param name="NetReturn">Return after costs, as a fraction.</param>
/// <param name="Sharpe">Sharpe ratio, annual.</param>
/// <param name="MaxDrawdown">Deepest drawdown, 0 or below.</param>
/// <param name="ProfitFactor">Profits over losses of the round trips.</param>
public readonly record struct SweepFigures(
    int RoundTrips, decimal FinalCash, double NetReturn, double Sharpe, double MaxDrawdown, double ProfitFactor);
