using System.Globalization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;
using Spectre.Console;

namespace BtcAgent.Cli.Training;

/// <summary>Prints a training run as text.</summary>
internal static class TrainingTable
{
    public static void Write(IAnsiConsole console, TrainingRun run, string? folder)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "fold", "train rows", "test from", "test to", "trees", "AUC", "log loss", "trades", "net return" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var f in run.Folds)
        {
            table.AddRow(
                Text($"{f.Fold}"), Text($"{f.TrainRows:N0}"), Day(f.TestFrom), Day(f.TestTo), Text($"{f.Trees}"), Text($"{f.Auc:F4}"),
                Text($"{f.LogLoss:F5}"), Text($"{f.RoundTrips:N0}"), Text($"{f.NetReturn * 100:F2} %"));
        }

        console.WriteLine((run.Verdict ?? Verdict.NotJudged).Headline());
        console.Write(table);
        console.WriteLine(Text($"orders filled at {run.Fill}"));
        console.WriteLine(Text($"out of sample: AUC {run.Calibrated.Auc:F4}, Brier {run.Calibrated.Brier:F5}, calibration error {run.Calibrated.ExpectedCalibrationError:F4}, probability of overfitting {run.OverfittingProbability:F2}"));
        if (run.Ablation is { } ablation)
        {
            Write(console, ablation);
        }

        if (folder is not null)
        {
            console.WriteLine(Text($"{run.Artefact!.Id} written to {folder}"));
        }
    }

    private static void Write(IAnsiConsole console, AblationReport ablation)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "without", "features", "Brier score rises by", "interval", "the group" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var group in ablation.Groups)
        {
            var isKnown = group.Finding != AblationFinding.NoData;
            table.AddRow(
                group.Group, Text($"{group.Features}"), isKnown ? Text($"{group.Gain:F5}") : "", isKnown ? Text($"{group.Low:F5} … {group.High:F5}") : "", AblationWords.Of(group.Finding));
        }

        console.Write(table);
        console.WriteLine(Text($"out of sample, mean over blocks of test rows; the intervals hold together with {ablation.Confidence * 100:F0} %"));
    }

    private static string Day(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
