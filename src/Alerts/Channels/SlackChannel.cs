using System.Net;
using System.Text.Json.Nodes;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Posts to an incoming webhook of Slack.</summary>
internal sealed class SlackChannel(string name, SlackOptions options, AlertText text, ChannelHttp http) : IAlertChannel
{
    private readonly SecretFile _url = new($"{AlertOptions.Section}:Channels:{name}:Slack:UrlFile", options.UrlFile);

    public string Name => name;

    public string Kind => "slack";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["text"] = $"*{Escape(text.Subject(delivery))}*\n{Escape(text.Body(delivery))}" };
        return http.SendAsync(() => Post(body, delivery), cancellationToken);
    }

    /// <summary>
    /// Posts an empty message, which Slack refuses with 400 after it has recognized the webhook; an unknown webhook gets 403 or 404.
    /// </summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) =>
        http.SendAsync(() => Post(new JsonObject(), null), cancellationToken, (status, _) => status == HttpStatusCode.BadRequest);

    private ChannelRequest Post(JsonObject body, AlertDelivery? delivery)
    {
        var url = _url.Read();
        return ChannelRequest.Post(url, body, delivery, url, new Uri(url).AbsolutePath);
    }

    /// <summary>Escapes the three characters that Slack's format gives a meaning.</summary>
    private static string Escape(string words) => words
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
