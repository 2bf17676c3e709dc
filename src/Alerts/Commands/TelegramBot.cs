using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Commands;

/// <summary>Reads the messages to a bot by long polling, and answers them.</summary>
/// <param name="channel">Name of the channel.</param>
/// <param name="options">Its settings.</param>
/// <param name="http">Sends the requests.</param>
internal sealed class TelegramBot(string channel, TelegramOptions options, ChannelHttp http)
{
    /// <summary>How long the server waits for a message before it answers with none.</summary>
    public static readonly TimeSpan PollTime = TimeSpan.FromSeconds(25);

    private const int LengthMax = 4_096;

    private readonly SecretFile _token = new($"{AlertOptions.Section}:Channels:{channel}:Telegram:TokenFile", options.TokenFile);

    /// <summary>Confirms the messages before a number, and returns those from it on.</summary>
    public async Task<(ChannelAnswer Answer, IReadOnlyList<ChatMessage> Messages)> ReadAsync(long from, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> messages = [];
        var answer = await http.SendAsync(
            () =>
            {
                var token = _token.Read();
                var query = string.Create(
                    CultureInfo.InvariantCulture, $"offset={from}&timeout={PollTime.TotalSeconds}&limit=10&allowed_updates=%5B%22message%22%5D");
                return ChannelRequest.Get($"{Method(token, "getUpdates")}?{query}", token);
            },
            cancellationToken,
            read: text => messages = Parse(text));
        return (answer, messages);
    }

    public Task<ChannelAnswer> SayAsync(string chatId, string text, CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var token = _token.Read();
            var body = new JsonObject { ["chat_id"] = chatId, ["text"] = text.Length <= LengthMax ? text : $"{text[..(LengthMax - 1)]}…" };
            return ChannelRequest.Post(Method(token, "sendMessage"), body, null, token);
        },
        cancellationToken);

    /// <summary>Reads the updates; one that is not a message is only confirmed.</summary>
    /// <exception cref="JsonException">The text is not the answer of a Bot API.</exception>
    internal static IReadOnlyList<ChatMessage> Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("result", out var updates)
            && updates.ValueKind == JsonValueKind.Array
                ? [.. updates.EnumerateArray().Select(MessageOf)]
                : throw new JsonException("the answer has no updates");
    }

    private static ChatMessage MessageOf(JsonElement update)
    {
        var message = Member(update, "message");
        var sent = Number(message, "date") ?? 0;
        return new ChatMessage(
            Number(update, "update_id") ?? throw new JsonException("an update has no number"),
            Number(Member(message, "chat"), "id")?.ToString(CultureInfo.InvariantCulture) ?? "",
            Number(Member(message, "from"), "id") ?? 0,
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(sent, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
            Member(message, "text") is { ValueKind: JsonValueKind.String } words ? words.GetString()! : "");
    }

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    private static long? Number(JsonElement? of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private string Method(string token, string method) => $"{options.BaseUrl.TrimEnd('/')}/bot{token}/{method}";
}
