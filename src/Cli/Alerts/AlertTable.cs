using BtcAgent.Cli.Output;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Cli.Alerts;

/// <summary>Prints alerts.</summary>
internal static class AlertTable
{
    public static void Write(TextWriter text, IEnumerable<Alert> alerts, int? width)
    {
        var table = new TextTable("since", "id", "phase", "severity", "alert", "acknowledged", "summary");
        foreach (var alert in alerts)
        {
            table.Add(
                Figures.Time(alert.FiringSince ?? alert.PendingSince),
                alert.Id,
                alert.IsMoment ? "event" : Figures.Word(alert.Phase),
                Figures.Word(alert.Severity),
                alert.Name,
                alert.Acknowledged?.By ?? (alert.MutedBy is { } cause ? $"muted: {cause}" : alert.IsSilent ? "silent" : ""),
                alert.Summary);
        }

        foreach (var line in table.Lines(width))
        {
            text.WriteLine(line);
        }
    }
}
