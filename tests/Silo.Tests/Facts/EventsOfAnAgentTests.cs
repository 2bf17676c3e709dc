using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Facts;

/// <summary>Follows a running agent by server-sent events.</summary>
public sealed class EventsOfAnAgentTests : IDisposable
{
    private const string Path = "/api/v1/events?topics=decisions,orders,fills,risk,positions,equity,quotes";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-events-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_ConnectionsThatBreak_HaveTheRowsOfTheHistoryOnceEach()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, [.. RunningAgent.Restless, new("History:Parquet:FlushSeconds", "1")]);
        var received = new List<SseItem<string>>();
        string? last = null;
        for (var connection = 0; connection < 4 || received.Count(one => one.EventType == "fills") < 2; connection++)
        {
            last = await ReadAsync(agent, last, received, 25);
        }

        await PostAsync(agent, "/api/v1/control/halt", new { reason = "enough for a test" });
        while (!received.Any(one => one.EventType == "risk" && one.Data.Contains("enough for a test", StringComparison.Ordinal)))
        {
            last = await ReadAsync(agent, last, received, 10);
        }

        Assert.Contains(received, one => one.EventType == "quotes");
        foreach (var topic in new[] { "decisions", "fills", "orders", "equity" })
        {
            var shown = received.Where(one => one.EventType == topic).Select(one => one.Data).ToList();
            Assert.NotEmpty(shown);
            await Eventually.TrueAsync(
                $"the history has the {topic} that were sent, in their order and nothing between them",
                async () => IsPartOf(shown, await RowsAsync(agent, topic)),
                TimeSpan.FromSeconds(60),
                () => string.Join('\n', shown));
        }
    }

    [Fact]
    public async Task Events_WrongRequest_SaysWhatToGive()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName);
        using var stranger = agent.NewClient();
        foreach (var (query, expected, part) in new[]
        {
            ("?topics=shoes", HttpStatusCode.BadRequest, "give one or more of quotes, bars"),
            ("", HttpStatusCode.BadRequest, "topics"),
            ("?topics=risk&after=%0d%0aid:1", HttpStatusCode.BadRequest, "control character U+000D"),
            ("?topics=risk&after=id:1", HttpStatusCode.BadRequest, "cannot be read"),
            ("?topics=risk&quoteMs=1", HttpStatusCode.BadRequest, "quoteMs"),
            ("?topics=orders&portfolio=nobody", HttpStatusCode.NotFound, "portfolios are: main"),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/v1/events{query}", Cancelled)).StatusCode);
            using var answer = await agent.Http.GetAsync($"/api/v1/events{query}", Cancelled);
            Assert.Equal(expected, answer.StatusCode);
            Assert.Contains(part, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }
    }

    /// <summary>Reads some events and breaks the connection.</summary>
    private static async Task<string?> ReadAsync(RunningAgent agent, string? last, List<SseItem<string>> received, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var answer = await agent.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancelled));
        await foreach (var one in parser.EnumerateAsync(Cancelled))
        {
            received.Add(one);
            if (--count == 0)
            {
                break;
            }
        }

        return parser.LastEventId.Length > 0 ? parser.LastEventId : last;
    }

    private static async Task<List<string>> RowsAsync(RunningAgent agent, string topic)
    {
        var rows = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await agent.GetAsync($"/api/v1/history/{topic}?limit=1000&oldestFirst=true{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            rows.AddRange(page.GetProperty("items").EnumerateArray().Select(row => row.GetRawText()));
            cursor = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetString();
        }

        return rows;
    }

    /// <summary>The rows from the first that was sent on.</summary>
    private static bool IsPartOf(List<string> sent, List<string> kept)
    {
        var nodes = kept.Select(row => JsonNode.Parse(row)).ToList();
        var first = nodes.FindIndex(row => JsonNode.DeepEquals(row, JsonNode.Parse(sent[0])));
        return first >= 0 && nodes.Count >= first + sent.Count && sent.Zip(nodes.Skip(first)).All(pair => JsonNode.DeepEquals(JsonNode.Parse(pair.First), pair.Second));
    }

    private static async Task PostAsync(RunningAgent agent, string path, object body) =>
        Assert.True((await agent.Http.PostAsJsonAsync(path, body, Cancelled)).IsSuccessStatusCode);
}
