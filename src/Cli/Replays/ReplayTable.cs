using System.Globalization;
using Spectre.Console;

namespace BtcAgent.Cli.Replays;

/// <summary>A <see cref="ReplayReport"/> for people.</summary>
internal static class ReplayTable
{
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

        if (report.FirstParting is { } first)
        {
            Line(console, $"features part first at {first.EventTime} ({first.Field}), offset {first.Offset}, sequence {first.LastSequence}");
        }
    }

    private static string Text(StepResult step) => step.Outcome switch
    {
        StepOutcome.Equal => string.Create(CultureInfo.InvariantCulture, $"equal, {step.Bytes} bytes"),
        StepOutcome.NotMade => $"not made again: {step.Remark}",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"parts at byte {step.Byte} of {step.Bytes}, {step.Field}: recorded {step.Recorded} ({step.RecordedHex}), "
            + $"replayed {step.Replayed} ({step.ReplayedHex})"),
    };

    // The console would wrap a long line and so break what is to be searched.
    private static void Line(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
