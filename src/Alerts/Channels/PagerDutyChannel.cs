using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>
/// Sends events of the Events API v2: trigger, acknowledge and resolve, one for each alert, with the alert's id as the key by which
/// PagerDuty joins them.
/// </summary>
internal sealed class PagerDutyChannel(string name, PagerDutyOptions options, AlertText text, ChannelHttp http) : IAlertChannel
{
    private const int SummaryMax = 1_024;

    private readonly SecretFile _key = new($"{AlertOptions.Section}:Channels:{name}:PagerDuty:RoutingKeyFile", options.RoutingKeyFile);
    private string? _delivery;
    private int _done;

    public string Name => name;

    public string Kind => "pagerDuty";

    private string Url => $"{options.BaseUrl.TrimEnd('/')}/v2/enqueue";

    public async Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        if (_delivery != delivery.Id)
        {
            (_delivery, _done) = (delivery.Id, 0);
        }

        while (_done < delivery.Alerts.Length)
        {
            var alert = delivery.Alerts[_done];
            var answer = await http.SendAsync(() => Event(delivery, alert), cancellationToken);
            if (answer.Kind != ChannelAnswerKind.Accepted)
            {
                return answer;
            }

            _done++;
        }

        return ChannelAnswer.Accepted;
    }

    /// <summary>Posts an event without a payload, which PagerDuty refuses with 400 once it has been read.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var key = _key.Read();
            return ChannelRequest.Post(Url, new JsonObject { ["routing_key"] = key, ["event_action"] = "probe" }, null, key);
        },
        cancellationToken,
        (status, _) => status == HttpStatusCode.BadRequest);

    private ChannelRequest Event(AlertDelivery delivery, Alert alert)
    {
        var key = _key.Read();
        var body = new JsonObject { ["routing_key"] = key, ["event_action"] = ActionOf(delivery, alert), ["dedup_key"] = alert.Id };
        if (ActionOf(delivery, alert) == "trigger")
        {
            var summary = $"{text.AgentName}: {alert.Name}: {alert.Summary}";
            body["payload"] = new JsonObject
            {
                ["summary"] = summary.Length <= SummaryMax ? summary : summary[..SummaryMax],
                ["source"] = text.AgentName,
                ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
                ["timestamp"] = (alert.FiringSince ?? alert.PendingSince).ToString("O", CultureInfo.InvariantCulture),
                ["group"] = delivery.Group,
                ["class"] = alert.Name,
                ["custom_details"] = new JsonObject(alert.Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, label.Value)))
                {
                    ["detail"] = alert.Detail,
                    ["runbook"] = text.Runbook(alert),
                },
            };
        }

        return ChannelRequest.Post(Url, body, delivery, key);
    }

    private static string ActionOf(AlertDelivery delivery, Alert alert) => delivery.Kind == DeliveryKind.Acknowledged ? "acknowledge"
        : alert is { Phase: AlertPhase.Resolved, IsMoment: false } ? "resolve" : "trigger";
}
