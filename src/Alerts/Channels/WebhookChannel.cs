using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>
/// Posts JSON with the headers <c>X-BtcAgent-Timestamp</c> and <c>X-BtcAgent-Signature</c>: <c>v1=</c> and HMAC-SHA256 of timestamp, a dot and
/// the body, in lower-case hexadecimal digits. The timestamp is that of the attempt, in seconds since 1970.
/// </summary>
internal sealed class WebhookChannel(string name, WebhookOptions options, AlertText text, ChannelHttp http, TimeProvider time)
    : IAlertChannel
{
    private readonly SecretFile _secret = new($"{AlertOptions.Section}:Channels:{name}:Webhook:SecretFile", options.SecretFile);

    public string Name => name;

    public string Kind => "webhook";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken) =>
        http.SendAsync(() => Sign(Body(delivery), delivery), cancellationToken);

    /// <summary>Posts a body of the kind <c>probe</c> without alerts.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["kind"] = "probe", ["agent"] = text.AgentName, ["alerts"] = new JsonArray() };
        return http.SendAsync(() => Sign(body, null), cancellationToken);
    }

    /// <summary>The signature of a body.</summary>
    internal static string Signature(string secret, string timestamp, string body)
    {
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        return $"v1={Convert.ToHexStringLower(mac)}";
    }

    private ChannelRequest Sign(JsonObject json, AlertDelivery? delivery)
    {
        var secret = _secret.Read();
        var body = json.ToJsonString();
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = ChannelRequest.Post(options.Url, body, "application/json", delivery, secret);
        request.Message.Headers.Add("X-BtcAgent-Timestamp", timestamp);
        request.Message.Headers.Add("X-BtcAgent-Signature", Signature(secret, timestamp, body));
        return request;
    }

    private JsonObject Body(AlertDelivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["kind"] = delivery.Kind.ToString().ToLowerInvariant(),
        ["agent"] = text.AgentName,
        ["group"] = delivery.Group,
        ["createdAt"] = Time(delivery.CreatedAt),
        ["subject"] = text.Subject(delivery),
        ["alerts"] = new JsonArray([.. delivery.Alerts.Select(AlertOf)]),
    };

    private JsonObject AlertOf(Alert alert) => new()
    {
        ["id"] = alert.Id,
        ["name"] = alert.Name,
        ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
        ["phase"] = alert.Phase.ToString().ToLowerInvariant(),
        ["isMoment"] = alert.IsMoment,
        ["labels"] = new JsonObject(alert.Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, label.Value))),
        ["summary"] = alert.Summary,
        ["detail"] = alert.Detail,
        ["firingSince"] = Time(alert.FiringSince),
        ["resolvedAt"] = Time(alert.ResolvedAt),
        ["acknowledgedBy"] = alert.Acknowledged?.By,
        ["runbook"] = text.Runbook(alert),
        ["acknowledgeUrl"] = text.Links?.Of(alert),
    };

    private static string? Time(DateTimeOffset? at) => at?.ToUniversalTime()
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
