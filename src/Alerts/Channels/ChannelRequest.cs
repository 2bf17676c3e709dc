using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>A request, and the secrets in it that no message may show.</summary>
internal sealed record ChannelRequest(HttpRequestMessage Message, string[] Secrets)
{
    public static ChannelRequest Get(string url, params string[] secrets) =>
        new(new HttpRequestMessage(HttpMethod.Get, new Uri(url)), secrets);

    /// <summary>Posts a text.</summary>
    /// <param name="url">Address.</param>
    /// <param name="body">The text.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="delivery">Message whose id goes along; null for a probe.</param>
    /// <param name="secrets">Secrets in address and headers.</param>
    public static ChannelRequest Post(string url, string body, string contentType, AlertDelivery? delivery, params string[] secrets)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(url))
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType)),
        };
        if (delivery is not null)
        {
            message.Headers.Add("Idempotency-Key", delivery.Id);
        }

        return new ChannelRequest(message, secrets);
    }

    public static ChannelRequest Post(string url, JsonObject body, AlertDelivery? delivery, params string[] secrets) =>
        Post(url, body.ToJsonString(), "application/json", delivery, secrets);
}
