using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using Spectre.Console;

namespace BtcAgent.Cli.Backtests;

/// <summary>Tries every combination of parameters on the same bars.</summary>
internal sealed class Sweep
{
    private const int RowsShown = 10;

    private readonly Option<string[]> _sweep = new("--sweep")
    {
        Description = "bars: tries a strategy's parameter at NAME=FROM..TO:STEP or NAME=A,B,C, such as fast=5..50:5; repeat it for "
            + $"every combination of several, at most {SweepRange.CombinationsMax}",
    };

    public void AddTo(Command command) => command.Options.Add(_sweep);

    /// <summary>Returns no range when nothing is to be tried.</summary>
    public IReadOnlyList<SweepRange> Read(ParseResult arguments) => [.. (arguments.GetValue(_sweep) ?? []).Select(SweepRange.Parse)];

    /// <param name="ranges">Parameters to try.</param>
    /// <param name="columns">Combinations that are computed already; null for none.</param>
    /// <param name="run">Runs one combination; an invalid one is wrong usage.</param>
    /// <param name="progress">Receives the completed share.</param>
    /// <param name="cancellationToken">Checked at each combination.</param>
    /// <returns>The best combination's result with the table of all.</returns>
    /// <exception cref="UsageException">There are too many combinations, or none is valid.</exception>
    public static BacktestResult Run(
        IReadOnlyList<SweepRange> ranges,
        SweepColumns? columns,
        Func<IReadOnlyDictionary<string, double>, BacktestResult> run,
        IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var combinations = SweepRange.Combinations(ranges);
        var rows = new List<SweepRow>();
        UsageException? refused = null;
        foreach (var values in combinations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var named = Named(ranges, values);
                rows.Add(columns?.Of(named) is { } known
                    ? new SweepRow(values, known.RoundTrips, known.NetReturn, known.Sharpe, known.MaxDrawdown, known.ProfitFactor)
                    : RowOf(values, run(named)));
            }
            catch (UsageException e)
            {
                refused ??= e;
            }

            progress.Report((double)rows.Count / combinations.Count);
        }

        if (rows.Count == 0)
        {
            throw new UsageException($"--sweep: none of {combinations.Count} combinations is valid: {refused?.Message}");
        }

        var sorted = SweepTable.Sorted(rows);
        // Only its figures were kept: thousands of runs with all their fills do not fit into memory.
        return run(Named(ranges, sorted[0].Values)) with
        {
            Sweep = new SweepTable([.. ranges.Select(r => r.Name)], rows.Count, combinations.Count - rows.Count, sorted),
        };
    }

    /// <summary>The parameters of each combination by name.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, double>> Named(IReadOnlyList<SweepRange> ranges) =>
        SweepRange.Combinations(ranges).Select(values => Named(ranges, values));

    public static void Write(IAnsiConsole console, SweepTable sweep, double deflatedSharpe)
    {
        var deflated = double.IsFinite(deflatedSharpe) ? (100 * deflatedSharpe).ToString("F1", CultureInfo.InvariantCulture) + " %" : "undefined";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sweep.Tried:N0} combinations tried, {sweep.Skipped:N0} not valid; the best by Sharpe ratio is shown below."));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The best of {sweep.Tried:N0} tries looks better than it is: deflated Sharpe ratio {deflated}. Judge it on other bars, with --timerange."));
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in sweep.Parameters.Concat(["round trips", "return %", "Sharpe", "drawdown %", "profit factor"]))
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        }

        foreach (var row in sweep.Rows.Take(RowsShown))
        {
            table.AddRow(
            [
                .. row.Values.Select(v => v.ToString("0.########", CultureInfo.InvariantCulture)),
                row.RoundTrips.ToString("N0", CultureInfo.InvariantCulture),
                Fixed(100 * row.NetReturn),
                Fixed(row.Sharpe),
                Fixed(100 * row.MaxDrawdown),
                Fixed(row.ProfitFactor),
            ]);
        }

        console.Write(table);
    }

    private static string Fixed(double value) => double.IsFinite(value) ? value.ToString("N2", CultureInfo.InvariantCulture) : "–";

    private static Dictionary<string, double> Named(IReadOnlyList<SweepRange> ranges, ImmutableArray<double> values) =>
        ranges.Zip(values).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);

    private static SweepRow RowOf(ImmutableArray<double> values, BacktestResult result)
    {
        var metrics = PerformanceMetrics.From(result);
        return new SweepRow(
            values, result.RoundTrips.Length, metrics.TotalReturn, metrics.Sharpe, metrics.MaxDrawdown.Depth, metrics.ProfitFactor);
    }
}
