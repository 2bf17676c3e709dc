using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Alerts;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>The link of a message acknowledges its alert, by its button only.</summary>
public sealed class AlertLinkOfAnAgentTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-links-");
    private HttpReceiver _receiver = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await HttpReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Link_ShownThenPosted_AcknowledgesItsAlertOnce()
    {
        await using var agent = await StartAsync();
        await CommandAsync(agent, "halt");
        var first = await LinkAsync(agent, 1);
        using var stranger = agent.NewClient();

        using (var page = await stranger.GetAsync(first, Cancelled))
        {
            var text = await page.Content.ReadAsStringAsync(Cancelled);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("<form method=\"post\"><button>Acknowledge</button></form>", text, StringComparison.Ordinal);
            Assert.Contains("critical BreakerTripped: ", text, StringComparison.Ordinal);
        }

        using (var scanned = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, first), Cancelled))
        {
            Assert.Equal(JsonValueKind.Null, (await AlertAsync(agent)).GetProperty("acknowledged").ValueKind);
        }

        Assert.Contains("Acknowledged: no repeats", await PostAsync(stranger, first, HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Equal("link", (await AlertAsync(agent)).GetProperty("acknowledged").GetProperty("by").GetString());
        Assert.Contains("acknowledged already", await PostAsync(stranger, first, HttpStatusCode.OK), StringComparison.Ordinal);

        // The alert ends and fires again: the old link is void.
        await CommandAsync(agent, "resume");
        await Eventually.TrueAsync("the alert has ended", async () => (await AlertAsync(agent)).GetProperty("phase").GetString() == "resolved", Soon);
        await CommandAsync(agent, "halt");
        var second = await LinkAsync(agent, 2);
        await PostAsync(stranger, first, HttpStatusCode.NotFound);
        Assert.Equal(JsonValueKind.Null, (await AlertAsync(agent)).GetProperty("acknowledged").ValueKind);

        await PostAsync(stranger, second.Replace(second[^1], second[^1] == 'A' ? 'B' : 'A'), HttpStatusCode.NotFound);
        await PostAsync(stranger, await ExpiredAsync(agent), HttpStatusCode.NotFound);
        Assert.Equal(JsonValueKind.Null, (await AlertAsync(agent)).GetProperty("acknowledged").ValueKind);
        await AssertAuditedAsync(agent, first);
    }

    private static async Task AssertAuditedAsync(RunningAgent agent, string link)
    {
        var audit = (await agent.GetAsync("/api/v1/audit")).ToString();
        var entries = JsonDocument.Parse(audit).RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("action").GetString() == "acknowledge-alert").ToList();
        Assert.All(entries, entry => Assert.Equal(
            entry.GetProperty("outcome").GetString() == "done" ? "link" : "(no key)", entry.GetProperty("actor").GetString()));
        Assert.Contains(entries, entry => entry.GetProperty("outcome").GetString() == "done");
        Assert.Contains(entries, entry => entry.GetProperty("outcome").GetString() == "refused" && entry.GetProperty("subject").GetString() == "(unusable link)");
        Assert.DoesNotContain(link["/ack/".Length..], audit, StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(HttpClient stranger, string link, HttpStatusCode expected)
    {
        using var answer = await stranger.PostAsync(link, new FormUrlEncodedContent([]), Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return text;
    }

    private static async Task<string> ExpiredAsync(RunningAgent agent)
    {
        var alert = await AlertAsync(agent);
        var past = new AlertLink(
            alert.GetProperty("id").GetString()!, alert.GetProperty("firingSince").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddSeconds(-2));
        return $"/ack/{past.Sign(agent.Services.GetRequiredService<OperatorKey>().DeriveLinkKey())}";
    }

    private static async Task<JsonElement> AlertAsync(RunningAgent agent) => (await agent.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray()
        .First(alert => alert.GetProperty("name").GetString() == "BreakerTripped");

    private static async Task CommandAsync(RunningAgent agent, string command)
    {
        using var answer = await agent.Http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "for a link" }, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>The path of the link in the latest of several messages that the alert fires.</summary>
    private async Task<string> LinkAsync(RunningAgent agent, int count)
    {
        string[] links = [];
        await Eventually.TrueAsync(
            "a message with a link",
            () =>
            {
                links =
                [
                    .. _receiver.Requests.Select(request => request.Json).Where(message => message.GetProperty("kind").GetString() == "firing")
                        .SelectMany(message => message.GetProperty("alerts").EnumerateArray())
                        .Where(alert => alert.GetProperty("name").GetString() == "BreakerTripped").Select(alert => alert.GetProperty("acknowledgeUrl").GetString()!),
                ];
                return Task.FromResult(links.Length >= count);
            },
            Soon);
        Assert.StartsWith("https://agent.example.org/base/ack/", links[^1], StringComparison.Ordinal);
        Assert.NotNull(agent.Address);
        return links[^1]["https://agent.example.org/base".Length..];
    }

    private Task<RunningAgent> StartAsync()
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        File.WriteAllText(secret, "a-secret-of-enough-length");
        return RunningAgent.StartAsync(
            Path.Combine(_folder.FullName, "data"),
            [
                .. RunningAgent.Restless,
                new("Alerts:LinkBase", "https://agent.example.org/base/"),
                new("Alerts:GroupWaitSeconds", "0"),
                new("Alerts:GroupIntervalSeconds", "1"),
                new("Alerts:EvaluateSeconds", "1"),
                new("Alerts:Channels:hook:Webhook:Url", $"{_receiver.Url}"),
                new("Alerts:Channels:hook:Webhook:SecretFile", secret),
            ]);
    }
}
