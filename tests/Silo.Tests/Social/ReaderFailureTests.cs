using BtcAgent.Contracts.Social;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>A reader that cannot read is shown as such, and nothing else suffers.</summary>
public sealed class ReaderFailureTests(PostsAgent posts) : IClassFixture<PostsAgent>
{
    [Fact]
    public async Task StoredSpendingIsUnreadable_NothingIsReadAndTradingContinues()
    {
        var store = posts.Agent.Services.GetRequiredService<IGrainFactory>().GetGrain<ISocialStoreGrain>("simulated");

        // Whatever revision the reader has stored: one of these is the next.
        await Eventually.TrueAsync(
            "damage", async () =>
            {
                for (var revision = 1; revision < 200; revision++)
                {
                    if (await store.TrySaveBudget(revision, "{ damaged"))
                    {
                        return true;
                    }
                }

                return false;
            },
            Patience);

        await Eventually.TrueAsync("no reader", async () => !(await posts.Agent.GetAsync("/api/v1/social/sources")).GetProperty("isRead").GetBoolean(), Patience);
        var before = await DecisionAsync();
        await Eventually.TrueAsync("a later decision", async () => await DecisionAsync() != before, Patience);

        Assert.False(await posts.IsAliveAsync());
        var (status, problem) = await posts.PostAsync("""{"posts":[{"source":"desk","id":"1","text":"bitcoin"}]}""");
        Assert.Equal((System.Net.HttpStatusCode.Conflict, "No process reads posts"), (status, Text(problem, "title")));
    }

    private async Task<string?> DecisionAsync() => Text((await posts.Agent.GetAsync("/api/v1/decisions/summaries?limit=1"))[0], "id");
}
