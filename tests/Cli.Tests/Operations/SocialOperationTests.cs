using System.Text.Json;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>The posts of a running agent in another process.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class SocialOperationTests(AgentFixture agent)
{
    [Fact]
    public async Task Posts_OfARunningAgent_AreListedWithoutALineInItsLog()
    {
        await agent.EventuallyAsync("ten posts", () => Task.FromResult(Posts().GetArrayLength() >= 10));
        var post = Posts().EnumerateArray().First(each => each.GetProperty("source").GetString() == "simulated" && each.GetProperty("terms").GetArrayLength() > 0);
        var text = agent.Run("social", "posts", "--limit", "200").Expect(0).Output;

        Assert.Contains(post.GetProperty("text").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains("author.followers", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Posts().EnumerateArray(), each => agent.Said.Contains(each.GetProperty("text").GetString()!, StringComparison.Ordinal));
        Assert.Contains("the range is 1…200", agent.Run("social", "posts", "--limit", "201").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posts_WithTerminalCodes_AreHarmless()
    {
        await agent.EventuallyAsync("a reader", () => Task.FromResult(agent.Run("social", "sources", "--json").Expect(0).Json.GetProperty("isRead").GetBoolean()));
        await agent.PostAsync("social/posts", new { posts = new[] { new { source = "desk", id = "codes", text = "bitcoin \u001b[2J\u001b]0;evil\u0007 \u202E rises" } } });
        await agent.EventuallyAsync("the post", () => Task.FromResult(Posts().EnumerateArray().Any(each => each.GetProperty("id").GetString() == "codes")));

        var text = agent.Run("social", "posts", "--limit", "200").Expect(0).Output;

        Assert.Contains("rises", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202E', text);
        Assert.Contains("desk", agent.Run("social", "sources").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SentimentAndBudget_OfARunningAgent_ShowFigures()
    {
        await agent.EventuallyAsync("a tone", () => Task.FromResult(
            agent.Run("social", "sentiment", "--json").Expect(0).Json.GetProperty("tone").ValueKind == JsonValueKind.Number));

        Assert.Matches(@"tone -?\d\.\d\d", agent.Run("social", "sentiment").Expect(0).Output);
        Assert.Contains("level stream", agent.Run("social", "budget").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("nobody pays", agent.Run("social", "budget").Expect(0).Output, StringComparison.Ordinal);
        Assert.True(agent.Run("social", "budget", "--json").Expect(0).Json.GetProperty("budget").GetProperty("isSimulated").GetBoolean());
    }

    private JsonElement Posts() => agent.Run("social", "posts", "--limit", "200", "--json").Expect(0).Json.GetProperty("posts");
}
