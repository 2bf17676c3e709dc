using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>An agent with its default source of posts, which looks for deletions every five seconds.</summary>
public sealed class PostsAgent : IAsyncLifetime
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-posts-");

    internal RunningAgent Agent { get; private set; } = null!;

    internal SimulatedX X => Agent.Services.GetRequiredService<SimulatedX>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Agent = await RunningAgent.StartAsync(_folder.FullName, [.. RunningAgent.Restless, new("Social:DeletionCheckSeconds", "5")]);
        await Eventually.TrueAsync("a reader", IsAliveAsync, Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    internal Task<JsonElement> SentimentAsync() => Agent.GetAsync("/api/v1/social/sentiment");

    internal async Task<List<JsonElement>> SourcesAsync() => [.. (await Agent.GetAsync("/api/v1/social/sources")).GetProperty("sources").EnumerateArray()];

    internal async Task<bool> IsAliveAsync() => (await SourcesAsync()).Any(source => source.GetProperty("isAlive").GetBoolean());

    internal async Task<List<JsonElement>> PostsAsync() => [.. (await Agent.GetAsync("/api/v1/social/posts?limit=200")).EnumerateArray()];

    internal async Task<List<JsonElement>> PostsOfAsync(string source) => [.. (await PostsAsync()).Where(post => Text(post, "source") == source)];

    internal async Task<JsonElement?> FindAsync(long id) => (await PostsAsync())
        .Where(post => Text(post, "id") == id.ToString(CultureInfo.InvariantCulture)).Select(post => (JsonElement?)post).FirstOrDefault();

    /// <summary>Publishes a post of the simulated X, and waits until the agent shows it.</summary>
    internal async Task<long> PublishAsync(string text)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = X.Publish(new SyntheticPost(now, new SyntheticAuthor("77", "synthetic_77", now.AddDays(-900), 5_000, 400), text, "en", PostKind.Opinion, PostTone.Good));
        await Eventually.TrueAsync("the post", async () => await FindAsync(id) is not null, Patience);
        return id;
    }

    internal async Task<JsonElement> OfferAsync(params object[] posts)
    {
        var (status, answer) = await PostAsync(JsonSerializer.Serialize(new { posts }));
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    internal async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Agent.Http.PostAsync("/api/v1/social/posts", content, Cancelled);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}
