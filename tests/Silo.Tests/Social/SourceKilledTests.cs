using BtcAgent.Testing;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

public sealed class SourceKilledTests(PostsAgent posts) : IClassFixture<PostsAgent>
{
    [Fact]
    public async Task SourceKilled_StatusSaysSo_TalliesStopAndTradingContinues()
    {
        await posts.X.DisposeAsync();
        await Eventually.TrueAsync("not alive", async () => !await posts.IsAliveAsync(), Patience);
        var (last, decisions) = (await LastAsync(), await DecisionsAsync());

        await Eventually.TrueAsync("more decisions", async () => await DecisionsAsync() != decisions, Patience);
        await Eventually.TrueAsync("no sign of life for 30 s", async () => !(await posts.SentimentAsync()).GetProperty("isAlive").GetBoolean(), Patience);

        Assert.Equal(last, await LastAsync());
        var source = Assert.Single(await posts.SourcesAsync());
        Assert.Contains(Text(source, "phase"), new[] { "waiting", "connecting" });
        Assert.NotEmpty(Text(source, "reason")!);
    }

    private async Task<string?> LastAsync() => Text(await posts.SentimentAsync(), "lastAt");

    private async Task<string?> DecisionsAsync() => Text((await posts.Agent.GetAsync("/api/v1/decisions/summaries?limit=1"))[0], "id");
}
