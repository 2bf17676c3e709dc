using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>One combination of parameters; NaN where a figure is undefined.</summary>
/// <param name="Values">Value of each parameter, in the order of <see cref="SweepTable.Parameters"/>.</param>
/// <param name="RoundTrips">Closed positions.</param>
/// <param name="NetReturn">Return after costs, as a fraction.</param>
/// <param name="Sharpe">Sharpe ratio, annual.</param>
/// <param name="MaxDrawdown">Deepest drawdown, 0 or below.</param>
/// <param name="ProfitFactor">Profits over losses of the round trips.</param>
public sealed record SweepRow(
    ImmutableArray<double> Values, int RoundTrips, double NetReturn, double Sharpe, double MaxDrawdown, double ProfitFactor);
