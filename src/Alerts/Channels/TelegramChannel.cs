using System.Text.Json.Nodes;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Sends a message by the Bot API of Telegram: two methods of it, which need no library.</summary>
internal sealed class TelegramChannel(string name, TelegramOptions options, AlertText text, ChannelHttp http) : IAlertChannel
{
    /// <summary>Longest message that Telegram accepts, in characters.</summary>
    private const int LengthMax = 4_096;

    private readonly SecretFile _token = new($"{AlertOptions.Section}:Channels:{name}:Telegram:TokenFile", options.TokenFile);

    public string Name => name;

    public string Kind => "telegram";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var token = _token.Read();
            var words = $"{text.Subject(delivery)}\n\n{text.Body(delivery)}";
            var body = new JsonObject
            {
                ["chat_id"] = options.ChatId,
                ["text"] = words.Length <= LengthMax ? words : $"{words[..(LengthMax - 1)]}…",
                ["disable_web_page_preview"] = true,
            };
            return ChannelRequest.Post(Method(token, "sendMessage"), body, delivery, token);
        },
        cancellationToken);

    /// <summary>Asks Telegram for the bot and the chat.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var token = _token.Read();
            return ChannelRequest.Get($"{Method(token, "getChat")}?chat_id={Uri.EscapeDataString(options.ChatId)}", token);
        },
        cancellationToken);

    private string Method(string token, string method) => $"{options.BaseUrl.TrimEnd('/')}/bot{token}/{method}";
}
