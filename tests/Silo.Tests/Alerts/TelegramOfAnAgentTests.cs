using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>From a message in a chat to a running agent's halt, and to its audit.</summary>
public sealed class TelegramOfAnAgentTests : IAsyncLifetime
{
    private const long Chat = 4711;
    private const long Stranger = 4712;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-telegram-");
    private BotApi _telegram = null!;

    public async ValueTask InitializeAsync() => _telegram = await BotApi.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _telegram.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Commands_OfAListedTrader_HaltAndAcknowledge_StrangersDoNothing()
    {
        await using var agent = await StartAsync();
        _telegram.Say(Stranger, Stranger, "/halt");
        _telegram.Say(Chat, Stranger, "/halt");
        _telegram.Say(Chat, Chat, "/status");
        await SaidAsync("main: active");

        _telegram.Say(Chat, Chat, "/halt main");
        var asked = await SaidAsync("Send /confirm ");
        Assert.Equal("active", await ModeAsync(agent));
        var code = asked.Split("/confirm ")[1].Split(' ')[0];
        _telegram.Say(Chat, Stranger, $"/confirm {code}");
        _telegram.Say(Chat, Chat, $"/confirm {code}");
        await SaidAsync("alt"); // "Halted", or "The halt is in force".
        await Eventually.TrueAsync("the portfolio is halted", async () => await ModeAsync(agent) == "halted", Soon);

        await Eventually.TrueAsync(
            "the alert fires",
            async () => (await agent.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray().Any(IsOpenBreaker),
            Soon);
        _telegram.Say(Chat, Chat, "/ack");
        var listed = await SaidAsync("/ack ");
        _telegram.Say(Chat, Chat, listed.Split('\n').First(line => line.Contains("/ack ", StringComparison.Ordinal)).Trim());
        await SaidAsync("Acknowledged: BreakerTripped");
        await Eventually.TrueAsync("each message is confirmed", () => Task.FromResult(_telegram.Confirmed == 8), Soon);

        var entries = (await agent.GetAsync("/api/v1/audit")).GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("address").GetString()?.StartsWith("telegram user ", StringComparison.Ordinal) == true)
            .Select(entry => $"{entry.GetProperty("actor").GetString()} {entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            ["(not listed) telegram /confirm refused", "(not listed) telegram /halt refused", "(not listed) telegram /halt refused", "tom acknowledge-alert done", "tom halt done"],
            entries.Select(entry => entry.Replace("halt pending", "halt done", StringComparison.Ordinal)));
        Assert.Contains("btcagent_alerts_commands_refused 3", await agent.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static bool IsOpenBreaker(JsonElement alert) =>
        alert.GetProperty("name").GetString() == "BreakerTripped" && alert.GetProperty("phase").GetString() == "firing";

    private static async Task<string?> ModeAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString();

    /// <summary>The bot's next message with these words; earlier ones are dropped.</summary>
    private async Task<string> SaidAsync(string words)
    {
        var found = "";
        await Eventually.TrueAsync(
            $"the bot says '{words}'",
            () =>
            {
                while (!found.Contains(words, StringComparison.Ordinal) && _telegram.Sent.TryDequeue(out var said))
                {
                    found = said;
                }

                return Task.FromResult(found.Contains(words, StringComparison.Ordinal));
            },
            Soon,
            () => found);
        return found;
    }

    private Task<RunningAgent> StartAsync()
    {
        var token = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(token, BotApi.Token);
        return RunningAgent.StartAsync(
            Path.Combine(_folder.FullName, "data"),
            [
                .. RunningAgent.Restless,
                new("Alerts:EvaluateSeconds", "1"),
                new("Alerts:Channels:telegram:OnlyEscalation", "true"),
                new("Alerts:Channels:telegram:Telegram:TokenFile", token),
                new("Alerts:Channels:telegram:Telegram:ChatId", $"{Chat}"),
                new("Alerts:Channels:telegram:Telegram:BaseUrl", _telegram.Url),
                new("Alerts:Channels:telegram:Telegram:Operators:0:UserId", $"{Chat}"),
                new("Alerts:Channels:telegram:Telegram:Operators:0:Name", "tom"),
                new("Alerts:Channels:telegram:Telegram:Operators:0:Role", "Trader"),
            ]);
    }
}
