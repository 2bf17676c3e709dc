using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Cli.Experiments;

/// <summary>Prints experiments.</summary>
internal static class ExperimentTable
{
    public static void Write(TextWriter text, IReadOnlyList<ExperimentView> experiments, int? width)
    {
        var table = new TextTable("id", "stage", "days", "trades", "difference", "band of the daily mean", "challenger against champion");
        foreach (var one in experiments)
        {
            table.Add(
                one.Id,
                one.Stage == ExperimentStage.Ended ? Figures.Word(one.Outcome) : Figures.Word(one.Stage),
                Text($"{one.Days}"),
                Text($"{one.StageTrades}"),
                Text($"{one.TotalDifference:P2}"),
                one.Looks is [.., { Low: { } low, High: { } high }] ? Text($"{low * 1e4:F2}…{high * 1e4:F2} bp") : "no look yet",
                $"{one.Challenger} against {one.Champion} ({one.Strategy})");
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }

        foreach (var one in experiments.Where(e => e.Stage != ExperimentStage.Ended))
        {
            text.WriteLine($"{one.Id}: {one.Next}{(one.Problem is { } problem ? $" Last move not carried out: {problem}" : "")}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
