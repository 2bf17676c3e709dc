using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>The combinations of parameters that a sweep has tried; the result that holds it is the best one's.</summary>
/// <param name="Parameters">Names of the parameters.</param>
/// <param name="Tried">Combinations that were run.</param>
/// <param name="Skipped">Combinations that the strategy refuses, such as a fast average above the slow one.</param>
/// <param name="Rows">One row per combination that was run, the best first.</param>
public sealed record SweepTable(ImmutableArray<string> Parameters, int Tried, int Skipped, ImmutableArray<SweepRow> Rows)
{
    /// <summary>Sorts rows by Sharpe ratio, then by return; an undefined ratio comes last.</summary>
    public static ImmutableArray<SweepRow> Sorted(IEnumerable<SweepRow> rows) =>
    [
        .. rows.OrderByDescending(r => double.IsNaN(r.Sharpe) ? double.NegativeInfinity : r.Sharpe).ThenByDescending(r => r.NetReturn),
    ];
}
