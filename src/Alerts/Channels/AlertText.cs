using System.Globalization;
using System.Text;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Words of a message.</summary>
/// <param name="AgentName">Name of the agent.</param>
/// <param name="RunbookUrl">Address before a rule's name, where its remedy is.</param>
/// <param name="Links">Addresses that acknowledge; null for none.</param>
public sealed record AlertText(string AgentName, string RunbookUrl, AlertLinks? Links = null)
{
    /// <summary>Alerts that are described in one message; further ones are counted.</summary>
    private const int Shown = 20;

    /// <summary>One line, such as <c>[CRITICAL] btcagent: BreakerTripped: main: halted</c>.</summary>
    public string Subject(AlertDelivery delivery)
    {
        var first = delivery.Alerts[0];
        var firing = delivery.Alerts.Where(alert => alert.IsFiring || alert.IsMoment).ToList();
        var mark = delivery.Kind switch
        {
            DeliveryKind.Test => "TEST",
            DeliveryKind.Resolved => "RESOLVED",
            DeliveryKind.Acknowledged => "ACKNOWLEDGED",
            DeliveryKind.Repeat => $"{Worst(firing)}, STILL FIRING",
            DeliveryKind.Escalation => $"{Worst(firing)}, NOT ACKNOWLEDGED",
            _ => Worst(firing),
        };
        var words = delivery.Alerts.Length == 1 ? $"{first.Name}: {first.Summary}" : string.Create(
            CultureInfo.InvariantCulture, $"{first.Name}: {firing.Count} firing, {delivery.Alerts.Length - firing.Count} resolved");
        return OneLine($"[{mark}] {AgentName}: {words}");
    }

    /// <summary>Lines with each alert, its figures and where to read what to do.</summary>
    public string Body(AlertDelivery delivery)
    {
        var text = new StringBuilder();
        foreach (var alert in delivery.Alerts.Take(Shown))
        {
            var severity = alert.Severity.ToString().ToLowerInvariant();
            text.Append(CultureInfo.InvariantCulture, $"{StateOf(alert)} {severity} {alert.Name}: {OneLine(alert.Summary)}\n");
            if (alert.Detail.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {OneLine(alert.Detail)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  since {alert.FiringSince ?? alert.PendingSince:yyyy-MM-dd HH:mm:ss} UTC, id {alert.Id}");
            text.Append(
                alert.Acknowledged is { } work ? $", acknowledged by {OneLine(work.By)}: {OneLine(work.Reason)}\n" : "\n");
            text.Append(CultureInfo.InvariantCulture, $"  {Runbook(alert)}\n");
            if (Links?.Of(alert) is { } link)
            {
                text.Append(CultureInfo.InvariantCulture, $"  acknowledge: {link}\n");
            }
        }

        if (delivery.Alerts.Length > Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"… and {delivery.Alerts.Length - Shown} more: GET /api/v1/alerts\n");
        }

        return text.ToString();
    }

    /// <summary>Subject and first detail, cut to the length of a short message.</summary>
    public string Short(AlertDelivery delivery, int lengthMax)
    {
        var text = $"{Subject(delivery)}{(delivery.Alerts[0].Detail.Length > 0 ? $" - {OneLine(delivery.Alerts[0].Detail)}" : "")}";
        return text.Length <= lengthMax ? text : $"{text[..(lengthMax - 1)]}…";
    }

    public string Runbook(Alert alert) => $"{RunbookUrl}{alert.Name.ToLowerInvariant()}";

    private static string StateOf(Alert alert) => alert.IsMoment ? "event" : alert.Phase.ToString().ToLowerInvariant();

    private static string Worst(List<Alert> alerts) =>
        alerts.Select(alert => alert.Severity).DefaultIfEmpty(AlertSeverity.Info).Max().ToString().ToUpperInvariant();

    /// <summary>Without control characters: a reason must not forge a header or a line.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
