using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Simulator.Tests.Social;

/// <summary>The answers of the simulated X by plain HTTP; the source's own tests are in Social.Tests.</summary>
public sealed class SimulatedXTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 10, 23, 59, 0, TimeSpan.Zero);
    private static readonly SyntheticAuthor Author = new("7", "synthetic_7", Start.AddDays(-10), 5, 9);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task Search_PagesAndPrices_AreThoseOfX()
    {
        await using var x = await StartAsync();
        using var http = Client(x);
        var ids = Enumerable.Range(0, 25).Select(i => x.PublishUnstreamed(Post($"bitcoin {i}"))).ToList();
        var first = await GetAsync(http, "/2/tweets/search/recent?query=bitcoin&max_results=10");
        Assert.Equal(ids.AsEnumerable().Reverse().Take(10).Select(id => $"{id}"), Ids(first));
        var next = first.GetProperty("meta").GetProperty("next_token").GetString();
        Assert.Equal(10, Ids(await GetAsync(http, $"/2/tweets/search/recent?query=bitcoin&max_results=10&next_token={next}")).Count);
        Assert.Equal(4, Ids(await GetAsync(http, $"/2/tweets/search/recent?query=bitcoin&max_results=10&since_id={ids[20]}")).Count);
        Assert.Equal((20, 0.1m), (x.Meter.Reads, x.Meter.DollarsOf(new(2026, 11, 10)))); // The last four were charged before.

        _time.Advance(TimeSpan.FromMinutes(2));
        await GetAsync(http, $"/2/tweets?ids={ids[0]},{ids[24]},5");
        Assert.Equal(2, x.Meter.Days[new(2026, 11, 11)].Reads);
    }

    [Fact]
    public async Task Counts_Period_CountsAndCosts()
    {
        await using var x = await StartAsync();
        using var http = Client(x);
        x.PublishUnstreamed(Post("bitcoin"));
        x.PublishUnstreamed(Post("soup"));
        _time.Advance(TimeSpan.FromSeconds(70));
        var answer = await GetAsync(http, "/2/tweets/counts/recent?query=bitcoin&granularity=minute&start_time=2026-11-10T23:59:00Z&end_time=2026-11-11T00:00:00Z");
        Assert.Equal(1, answer.GetProperty("meta").GetProperty("total_tweet_count").GetInt32());
        Assert.Equal((0, 1), (x.Meter.Reads, x.Meter.Counts));
    }

    [Fact]
    public async Task Counts_EndLessThan10SAgo_IsRefused()
    {
        await using var x = await StartAsync();
        using var http = Client(x);
        _time.Advance(TimeSpan.FromSeconds(69.999));
        var uri = new Uri("/2/tweets/counts/recent?query=bitcoin&start_time=2026-11-10T23:59:00Z&end_time=2026-11-11T00:00:00Z", UriKind.Relative);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Search_SinceAnIdOlderThan7Days_IsRefused()
    {
        await using var x = await StartAsync();
        using var http = Client(x);
        var uri = new Uri($"/2/tweets/search/recent?query=bitcoin&max_results=10&since_id={x.PublishUnstreamed(Post("bitcoin"))}", UriKind.Relative);
        _time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
        _time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(uri, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Rules_TooLongOrTooMany_AreRefused()
    {
        await using var x = await StartAsync();
        using var http = Client(x);
        Assert.Equal(HttpStatusCode.BadRequest, await AddAsync([new string('a', 1_025)]));
        Assert.Equal(HttpStatusCode.Created, await AddAsync(Enumerable.Range(0, 1_000).Select(i => $"word{i}")));
        Assert.Equal(HttpStatusCode.BadRequest, await AddAsync(["another"]));
        Assert.Equal(1_000, x.Rules.All.Count);

        async Task<HttpStatusCode> AddAsync(IEnumerable<string> values)
        {
            using var body = new StringContent(JsonSerializer.Serialize(new { add = values.Select(value => new { value }) }), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/2/tweets/search/stream/rules", UriKind.Relative), body, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Publish_PostOlderThan7Days_IsNotKept()
    {
        await using var x = await StartAsync();
        x.PublishUnstreamed(Post("bitcoin") with { CreatedAt = Start.AddDays(-8) });
        Assert.Empty(x.Posts);
    }

    [Fact]
    public async Task Requests_WithoutTheToken_Are401()
    {
        await using var x = await StartAsync();
        using var http = new HttpClient { BaseAddress = x.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/2/tweets/search/stream", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Requests_BeyondTheLimit_Are429WithTheReset()
    {
        await using var x = await StartAsync(options => options.RequestsMax = 2);
        using var http = Client(x);
        for (var i = 0; i < 2; i++)
        {
            await GetAsync(http, "/2/tweets?ids=5");
        }

        using var refused = await http.GetAsync(new Uri("/2/tweets?ids=5", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal($"{Start.AddMinutes(1).ToUnixTimeSeconds()}", refused.Headers.GetValues("x-rate-limit-reset").Single());
        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(http, "/2/tweets?ids=5");
    }

    [Fact]
    public async Task Stream_PostsBlankLinesAndASecondOne()
    {
        await using var x = await StartAsync();
        x.Rules.Add("bitcoin", "t");
        using var http = Client(x);
        await using var stream = await http.GetStreamAsync(new Uri("/2/tweets/search/stream", UriKind.Relative), TestContext.Current.CancellationToken);
        using var lines = new StreamReader(stream, Encoding.UTF8);
        var id = x.Publish(Post("bitcoin"));
        x.Publish(Post("soup"));
        var post = JsonSerializer.Deserialize<JsonElement>(await LineAsync(lines));
        Assert.Equal(($"{id}", "t"), (post.GetProperty("data").GetProperty("id").GetString(), post.GetProperty("matching_rules")[0].GetProperty("tag").GetString()));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("", await LineAsync(lines));
        using var second = await http.GetAsync(new Uri("/2/tweets/search/stream", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Contains("TooManyConnections", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAMarket_WritesPostsByItself()
    {
        await using var x = new SimulatedX(new SimulatedXOptions(), _time, NullLoggerFactory.Instance);
        await x.StartAsync(() => 0.01, TestContext.Current.CancellationToken);
        await Testing.Eventually.TrueAsync(
            "50 posts",
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(x.Posts.Count >= 50);
            },
            TimeSpan.FromSeconds(20));
        Assert.True(x.Posts.Select(post => post.Id).Distinct().Count() == x.Posts.Count);
    }

    private async Task<SimulatedX> StartAsync(Action<SimulatedXOptions>? configure = null)
    {
        var options = new SimulatedXOptions();
        configure?.Invoke(options);
        var x = new SimulatedX(options, _time, NullLoggerFactory.Instance);
        await x.StartAsync(null, TestContext.Current.CancellationToken);
        return x;
    }

    private SyntheticPost Post(string text) => new(_time.GetUtcNow(), Author, text, "en", PostKind.Opinion, PostTone.Neutral);

    private static HttpClient Client(SimulatedX x) =>
        new() { BaseAddress = x.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "simulated") } };

    private static async Task<string> LineAsync(StreamReader lines) =>
        await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) ?? throw new IOException("the stream ended");

    private static async Task<JsonElement> GetAsync(HttpClient http, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    private static List<string> Ids(JsonElement answer) => [.. answer.GetProperty("data").EnumerateArray().Select(post => post.GetProperty("id").GetString()!)];
}
