using System.Globalization;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;
using Spectre.Console;

namespace BtcAgent.Cli.Optimizing;

/// <summary>Prints a search as text.</summary>
internal static class OptimizeTable
{
    private const int TrialsShown = 5;

    public static void Write(IAnsiConsole console, SearchOutcome outcome, OptimizeSummary summary)
    {
        console.WriteLine(outcome.Headline);
        foreach (var reason in outcome.Selection?.Reasons ?? [])
        {
            console.WriteLine($"  {(reason.Holds ? "holds" : "FAILS")}  {reason.Code}: {reason.Text}");
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "trial", "score", "plateau", "settings" })
        {
            table.AddColumn(new TableColumn(column));
        }

        foreach (var trial in outcome.Study.Trials.Where(t => t.State == TrialState.Complete).OrderByDescending(t => t.Value).Take(TrialsShown))
        {
            table.AddRow(
                Text($"{trial.Number}{(trial.Number == outcome.Winner?.Number ? " *" : "")}"),
                Text($"{trial.Value:F2}"),
                Text($"{outcome.Plateau[trial.Number]:F2}"),
                Markup.Escape(string.Join(", ", trial.Point.Values.Select(p => $"{p.Key} {Short(p.Value)}"))));
        }

        console.Write(table);
        console.WriteLine(Text($"{outcome.Study.Trials.Length} trials, which count as {summary.IndependentTrials} independent ones; search {outcome.Id}"));
        if (summary.Folder is not null)
        {
            console.WriteLine($"{summary.Model} written to {summary.Folder}");
        }
    }

    private static string Short(ParameterValue value) => value.Kind == ParameterKind.Number ? Text($"{value.Number:G3}") : value.ToString();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
