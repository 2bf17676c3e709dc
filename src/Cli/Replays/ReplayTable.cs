using System.Globalization;
using BtcAgent.Research.Replays;
using Spectre.Console;

namespace BtcAgent.Cli.Replays;

/// <summary>Prints a <see cref="ReplayReport"/> as text.</summary>
internal static class ReplayTable
{
    private const int Shown = 15;

    public static void Write(IAnsiConsole console, ReplayReport report)
    {
        Line(console, $"decision {report.Decision}, {report.Outcome}, of {report.Strategy} on {report.Instrument} at {report.EventTime}");
        Line(console, $"model {report.ModelId} {report.ModelHash}");
        Line(
            console,
            $"market_data partition {report.Partition}, offsets {report.Position.Origin} to {report.Position.Offset}, epoch {report.Position.FeedEpoch}: "
            + $"{report.Messages} messages, {report.Events} events, {report.Unreadable} unreadable, {report.History} earlier samples");
        foreach (var step in report.Steps)
        {
            Line(console, $"{step.Step,-9} {Text(step)}");
        }

        if (report.FirstDivergence is { } first)
        {
            Line(console, $"features diverge first at {first.EventTime} ({first.Field}), offset {first.Offset}, sequence {first.LastSequence}");
        }

        Line(console, Conclusion(report));
        if (report.Explanation is { } explanation)
        {
            Write(console, explanation);
        }
    }

    private static string Conclusion(ReplayReport report) =>
        report.IsSame ? "the same decision, byte by byte"
        : report.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Diverges) is { } divergence ? $"another decision: it diverges at {divergence.Step}"
        : "not proved the same: some steps could not be replayed";

    private static void Write(IAnsiConsole console, ReplayExplanation explanation)
    {
        Line(console, string.Create(
            CultureInfo.InvariantCulture, $"raw score {explanation.RawScore:R} = {explanation.Baseline:R} + contributions, greatest first:"));
        foreach (var part in explanation.Contributions.OrderByDescending(part => Math.Abs(part.Contribution)).Take(Shown))
        {
            Line(console, string.Create(CultureInfo.InvariantCulture, $"{part.Contribution,12:F6}  {part.Feature} = {part.Value:G6}"));
        }
    }

    private static string Text(StepResult step) => step.Outcome switch
    {
        StepOutcome.Equal => string.Create(
            CultureInfo.InvariantCulture, $"equal, {step.Bytes} bytes{(step.Remark is null ? "" : $"; worded differently, {step.Remark}")}"),
        StepOutcome.NotMade => $"not replayed: {step.Remark}",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"diverges at byte {step.Byte} of {step.Bytes}, {step.Field}: recorded {step.Recorded} ({step.RecordedHex}), "
            + $"replayed {step.Replayed} ({step.ReplayedHex})"),
    };

    // Bypasses the console, which would wrap long lines and make them hard to search.
    private static void Line(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
