using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Optimization.Benchmarks;
using Spectre.Console;

namespace BtcAgent.Cli.Optimizing;

/// <summary>The option <c>--benchmark</c>: the samplers on problems with a known optimum.</summary>
internal sealed class BenchmarkChoice
{
    private readonly Option<bool> _benchmark = new("--benchmark")
    {
        Description = $"compare the samplers on Branin, Hartmann-6, Ackley-10 and recorded LightGBM results, over {OptimizerBenchmark.Seeds} seeds, and end",
    };

    public void AddTo(Command command) => command.Options.Add(_benchmark);

    public bool IsAsked(ParseResult arguments) => arguments.GetValue(_benchmark);

    /// <returns>Success if TPE's median regret after 100 trials is at most that of random search after 300, on every problem.</returns>
    public int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var rows = output.WithProgress(report =>
        {
            report("benchmark of the samplers", 0);
            return OptimizerBenchmark.Run(ct: cancellationToken);
        });
        var holds = OptimizerBenchmark.Holds(rows);
        output.Result(new BenchmarkSummary(holds, rows), console => Write(console, rows, holds));
        return holds ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<BenchmarkRow> rows, bool holds)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "problem", "sampler", "trials", "median regret", "lower quartile", "upper quartile" })
        {
            table.AddColumn(new TableColumn(column));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Problem, row.Sampler, Text($"{row.Trials}"), Text($"{row.MedianRegret:G4}"), Text($"{row.LowerQuartile:G4}"), Text($"{row.UpperQuartile:G4}"));
        }

        console.Write(table);
        console.WriteLine(holds
            ? "TPE after 100 trials is at least as near to the optimum as random search after 300, on every problem."
            : "TPE after 100 trials is further from the optimum than random search after 300, on at least one problem.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
