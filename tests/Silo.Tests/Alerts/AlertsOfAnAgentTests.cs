using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>From a condition in a running agent to an HTTP receiver.</summary>
public sealed class AlertsOfAnAgentTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-alerts-");
    private HttpReceiver _receiver = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await HttpReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Halt_ThenRestartThenResume_IsNotifiedOnceEachAndKeepsItsAcknowledgement()
    {
        string id;
        await using (var agent = await StartAsync())
        {
            await ReceivedAsync("AgentStarted", "firing", 1);
            await CommandAsync(agent, "/api/v1/control/halt", new { reason = "planned by a test" });
            var alert = await ReceivedAsync("BreakerTripped", "firing", 1);
            Assert.Equal("critical", alert.GetProperty("severity").GetString());
            Assert.Equal("main", alert.GetProperty("labels").GetProperty("portfolio").GetString());
            Assert.Contains("planned by a test", alert.GetProperty("detail").GetString(), StringComparison.Ordinal);
            id = alert.GetProperty("id").GetString()!;
            await CommandAsync(agent, $"/api/v1/alerts/{id}/acknowledge", new { reason = "a test is on it" });
            await ReceivedAsync("BreakerTripped", "acknowledged", 1);
        }

        // A stop sends its message before the process ends.
        await ReceivedAsync("AgentStopped", "firing", 1);
        await using (var agent = await StartAsync())
        {
            await ReceivedAsync("AgentStarted", "firing", 2);
            var listed = await FindAsync(agent, id);
            Assert.Equal("firing", listed.GetProperty("phase").GetString());
            Assert.Equal("a test is on it", listed.GetProperty("acknowledged").GetProperty("reason").GetString());
            await CommandAsync(agent, "/api/v1/control/resume", new { reason = "the test continues" });
            await ReceivedAsync("BreakerTripped", "resolved", 1);
            Assert.Equal(1, CountOf("BreakerTripped", "firing"));
        }

        Assert.Equal(Messages().Count, Messages().Select(message => message.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task Test_OneChannelBroken_AnswersForEach()
    {
        await using var agent = await StartAsync(
            new("Alerts:Channels:dead:Webhook:Url", "http://127.0.0.1:1/nobody"),
            new("Alerts:Channels:dead:Webhook:SecretFile", Secret()),
            new("Alerts:Rules:ChannelBrokenMinutes", "0"),
            new("Alerts:Rules:RepeatedLoginFailuresCount", "3"));
        await ReceivedAsync("AgentStarted", "firing", 1);
        var broken = await ReceivedAsync("ChannelBroken", "firing", 1);
        Assert.Equal("dead", broken.GetProperty("labels").GetProperty("channel").GetString());

        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/alerts/test", new { }, Cancelled);
        var channels = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).EnumerateArray().ToDictionary(channel => channel.GetProperty("channel").GetString()!);
        Assert.Equal(["dead", "hook"], channels.Keys.Order());
        Assert.Equal(JsonValueKind.Null, channels["hook"].GetProperty("problem").ValueKind);
        Assert.True(channels["hook"].GetProperty("isDone").GetBoolean());
        Assert.Single(Received("TestAlert", "test"));

        using var stranger = agent.NewClient();
        stranger.DefaultRequestHeaders.Add("X-Operator-Key", "a guess");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/alerts", Cancelled)).StatusCode);
        }

        await ReceivedAsync("RepeatedLoginFailures", "firing", 1);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Http.PostAsJsonAsync("/api/v1/alerts/none/acknowledge", new { reason = "no such" }, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.Http.PostAsJsonAsync("/api/v1/alerts/none/acknowledge", new { reason = "no such", minutes = 0 }, Cancelled)).StatusCode);
        Assert.Contains("btcagent_alerts_notifications_sent", await agent.Http.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(Secret()).Trim(), (await agent.GetAsync("/api/v1/alerts")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trade_EveryChannelHangs_ContinuesAndTheMessageArrivesAfter()
    {
        var opened = new TaskCompletionSource();
        _receiver.Gate = opened.Task;
        await using var agent = await StartAsync(new("Alerts:Channels:hook:TimeoutSeconds", "1"), new("Alerts:Rules:ChannelBrokenMinutes", "0"));
        await Eventually.TrueAsync(
            "the agent lists the channel as broken",
            async () => (await agent.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray().Any(alert => alert.GetProperty("name").GetString() == "ChannelBroken"),
            Soon);
        var before = await FillsAsync(agent);
        await Eventually.TrueAsync("another fill", async () => await FillsAsync(agent) > before, Soon);

        opened.SetResult();
        await Eventually.TrueAsync(
            "nothing waits",
            async () => (await agent.GetAsync("/api/v1/alerts")).GetProperty("channels")[0] is var channel
                && channel.GetProperty("waiting").GetInt32() == 0 && channel.GetProperty("sent").GetInt64() > 0,
            Soon);
        Assert.Single(Received("AgentStarted", "firing"));
    }

    private static async Task<int> FillsAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();

    private Task<RunningAgent> StartAsync(params KeyValuePair<string, string?>[] more) => RunningAgent.StartAsync(
        Path.Combine(_folder.FullName, "data"),
        [
            .. RunningAgent.Restless,
            new("Alerts:Channels:hook:Webhook:Url", $"{_receiver.Url}/hook"),
            new("Alerts:Channels:hook:Webhook:SecretFile", Secret()),
            new("Alerts:Channels:hook:MinSeverity", "info"),
            new("Alerts:GroupWaitSeconds", "0"),
            new("Alerts:GroupIntervalSeconds", "1"),
            new("Alerts:EvaluateSeconds", "1"),
            .. more,
        ]);

    private string Secret()
    {
        var path = Path.Combine(_folder.FullName, "secret");
        File.WriteAllText(path, "planted-secret-of-the-webhook");
        return path;
    }

    private static async Task CommandAsync(RunningAgent agent, string path, object body)
    {
        using var answer = await agent.Http.PostAsJsonAsync(path, body, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancelled)}");
    }

    private static async Task<JsonElement> FindAsync(RunningAgent agent, string id) =>
        (await agent.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray().Single(alert => alert.GetProperty("id").GetString() == id);

    private IReadOnlyList<HttpReceiver.ReceivedRequest> Messages() =>
        [.. _receiver.Requests.Where(request => request.Json.GetProperty("kind").GetString() != "probe")];

    private int CountOf(string rule, string kind) => Messages().Count(message =>
        message.Json.GetProperty("kind").GetString() == kind && message.Json.GetProperty("group").GetString() == rule);

    private List<JsonElement> Received(string rule, string kind) =>
    [
        .. Messages().Where(message => message.Json.GetProperty("kind").GetString() == kind)
            .SelectMany(message => message.Json.GetProperty("alerts").EnumerateArray())
            .Where(alert => alert.GetProperty("name").GetString() == rule)
            .DistinctBy(alert => alert.GetProperty("id").GetString()),
    ];

    private async Task<JsonElement> ReceivedAsync(string rule, string kind, int count)
    {
        await Eventually.TrueAsync(
            $"{count} of {rule} {kind}",
            () => Task.FromResult(Received(rule, kind).Count == count),
            Soon,
            () => string.Join("; ", _receiver.Requests.Select(request => request.Body)));
        return Received(rule, kind)[^1];
    }
}
