using System.Net;
using System.Text.Json;
using BtcAgent.Testing;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>Posts through a running agent with its default source.</summary>
public sealed class PostsOfAnAgentTests(PostsAgent posts) : IClassFixture<PostsAgent>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DefaultAgent_WithinAMinute_ShowsPostsAndAMovingTone()
    {
        await Eventually.TrueAsync("ten posts", async () => (await posts.PostsAsync()).Count >= 10, Patience);
        var first = (await posts.SentimentAsync()).GetProperty("tone").GetDouble();
        await Eventually.TrueAsync(
            "another tone", async () => (await posts.SentimentAsync()).GetProperty("tone").GetDouble() is var tone && tone != first && Math.Abs(tone) <= 1, Patience);

        var view = await posts.SentimentAsync();
        var points = view.GetProperty("points").EnumerateArray().ToList();
        Assert.True(view.GetProperty("isAlive").GetBoolean());
        Assert.Equal("lexicon-1", view.GetProperty("scorer").GetString());
        Assert.Equal(points.Select(Number).Order(), points.Select(Number));
        Assert.All((await posts.Agent.GetAsync($"/api/v1/social/sentiment?after={Number(points[0])}")).GetProperty("points").EnumerateArray(), point => Assert.True(Number(point) > Number(points[0])));
        var shown = await posts.PostsAsync();
        Assert.Contains(shown, post => Text(post, "source") == "simulated");
        Assert.Contains(shown, post => post.GetProperty("class").GetString() != "neutral" && post.GetProperty("terms").GetArrayLength() > 0);
        Assert.All(shown, post => Assert.Equal(
            post.GetProperty("weight").GetDouble(),
            post.GetProperty("factors").EnumerateArray().Aggregate(1.0, (product, factor) => product * factor.GetProperty("value").GetDouble()), 1e-9));
        var source = (await posts.SourcesAsync()).Single(each => Text(each, "source") == "simulated");
        Assert.Equal(("simulated", "streaming", true), (Text(source, "source"), Text(source, "phase"), source.GetProperty("isAlive").GetBoolean()));
        var budget = (await posts.Agent.GetAsync("/api/v1/social/budget")).GetProperty("budget");
        Assert.True(budget.GetProperty("isSimulated").GetBoolean());
        Assert.True(budget.GetProperty("day").GetProperty("reads").GetInt64() >= posts.X.Meter.Reads - 10);
        Assert.True(budget.GetProperty("spentShare").GetDouble() < 0.05);

        var metrics = await posts.Agent.Http.GetStringAsync("/metrics", Cancelled);
        Assert.Contains("social_posts_scored", metrics, StringComparison.Ordinal);
        Assert.Contains("social_source_alive{source=\"simulated\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision_WithKnownSentiment_NamesTheScorerOfItsTones()
    {
        var decision = default(JsonElement);
        await Eventually.TrueAsync(
            "a decision with sentiment",
            async () => (decision = (await posts.Agent.GetAsync("/api/v1/decisions?limit=1")).EnumerateArray().FirstOrDefault()).ValueKind == JsonValueKind.Object
                && decision.GetProperty("sample").GetProperty("scorer").ValueKind == JsonValueKind.Object,
            Patience);

        var scorer = (await posts.SentimentAsync()) is var view ? (Text(view, "scorer"), Text(view, "scorerHash")) : default;
        var named = decision.GetProperty("sample").GetProperty("scorer");
        Assert.Equal(scorer, (Text(named, "id"), Text(named, "hash")));
        var features = (await posts.Agent.GetAsync($"/api/v1/decisions/{Text(decision.GetProperty("id"), "text")}")).GetProperty("features").EnumerateArray().ToList();
        Assert.All(features.Where(feature => Text(feature, "name") is "sentiment_mean" or "sentiment_count"), feature => Assert.Equal(JsonValueKind.Number, feature.GetProperty("value").ValueKind));
    }

    [Fact]
    public async Task Edit_OfAShownPost_ErasesTheEarlierTextAtOnce()
    {
        var id = await posts.PublishAsync("bitcoin rises, so bullish");
        var edited = posts.X.Edit(id, "bitcoin falls, so bearish");

        await Eventually.TrueAsync("the later version", async () => await posts.FindAsync(edited) is not null, Patience);

        var old = (await posts.FindAsync(id))!.Value;
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "replaced"), (old.GetProperty("text").ValueKind, old.GetProperty("followers").ValueKind, Text(old, "removed")));
        Assert.Equal(0, old.GetProperty("terms").GetArrayLength());
        Assert.True(old.GetProperty("tone").GetDouble() > 0.5);
    }

    [Fact]
    public async Task Delete_OfAShownPost_ErasesItsTextAfterTheNextCheck()
    {
        var (deleted, withheld) = (await posts.PublishAsync("bitcoin rises, what a day"), await posts.PublishAsync("bitcoin crashes, what a mess"));
        posts.X.Delete(deleted);
        posts.X.Withhold(withheld);

        await Eventually.TrueAsync("no text", async () => (await posts.FindAsync(deleted))?.GetProperty("text").ValueKind == JsonValueKind.Null
            && (await posts.FindAsync(withheld))?.GetProperty("text").ValueKind == JsonValueKind.Null, Patience);

        Assert.Equal(("deleted", "withheld"), (Text((await posts.FindAsync(deleted))!.Value, "removed"), Text((await posts.FindAsync(withheld))!.Value, "removed")));
        Assert.DoesNotContain("what a day", await posts.Agent.Http.GetStringAsync("/api/v1/social/posts?limit=200", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_SamePostTwice_CountsOnce()
    {
        var first = await posts.OfferAsync(new { source = "wire", id = "7", text = "great rally, bitcoin to new highs", author = new { followers = 1_000 } }, new { source = "wire", id = "7", text = "again" });
        var second = await posts.OfferAsync(new { source = "wire", id = "7", text = "another text" }, new { source = "news.wire", id = "7", text = "bitcoin steady" });

        Assert.Equal((1, 1, 1, 1), (Count(first, "taken"), Count(first, "repeated"), Count(second, "taken"), Count(second, "repeated")));
        await Eventually.TrueAsync("both", async () => (await posts.PostsOfAsync("wire")).Count == 1 && (await posts.PostsOfAsync("news.wire")).Count == 1, Patience);
        Assert.Equal("great rally, bitcoin to new highs", Text((await posts.PostsOfAsync("wire"))[0], "text"));
        await Eventually.TrueAsync("their sources", async () => (await posts.SourcesAsync())
            .Count(source => Text(source, "phase") == "offered" && Text(source, "source") is "wire" or "news.wire" && source.GetProperty("accepted").GetInt64() == 1) == 2, Patience);
    }

    /// <summary>Each is refused with a sentence that names the field, and none is taken.</summary>
    [Theory]
    [InlineData("", "the body is empty")]
    [InlineData("[]", "posts")]
    [InlineData("{}", "posts is missing")]
    [InlineData("""{"posts":[]}""", "send 1…100")]
    [InlineData("""{"posts":null}""", "posts")]
    [InlineData("""{"posts":[null]}""", "posts[0]")]
    [InlineData("""{"posts":[7]}""", "posts[0]")]
    [InlineData("""{"posts":[{"source":"x","id":"1","text":"a"}]}""", "posts[0].source is 'x'")]
    [InlineData("""{"posts":[{"source":"simulated","id":"1","text":"a"}]}""", "posts[0].source is 'simulated'")]
    [InlineData("""{"posts":[{"source":"Desk!","id":"1","text":"a"}]}""", "posts[0].source needs")]
    [InlineData("""{"posts":[{"source":"desk\n","id":"1","text":"a"}]}""", "posts[0].source needs")]
    [InlineData("""{"posts":[{"source":"desk","id":"","text":"a"}]}""", "posts[0].id has 0 characters")]
    [InlineData("""{"posts":[{"source":"desk","id":"a\u001b[2J","text":"a"}]}""", "posts[0].id has a character")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"  "}]}""", "posts[0].text is empty")]
    [InlineData("""{"posts":[{"source":"desk","id":"1"}]}""", "posts[0]")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"\ud800"}]}""", "posts[0].text")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","weight":1}]}""", "posts[0].weight")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","createdAt":"2999-01-01T00:00:00Z"}]}""", "posts[0].createdAt is before 2006 or more than 10 minutes ahead")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","createdAt":"0001-01-01T00:00:00Z"}]}""", "posts[0].createdAt is before 2006")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","createdAt":"soon"}]}""", "posts[0].createdAt")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","language":"<b>"}]}""", "posts[0].language")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","author":{"followers":-1}}]}""", "posts[0].author.followers is not a number from 0")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a","author":{"followers":1e400}}]}""", "posts[0].author.followers")]
    [InlineData("""{"posts":[{"source":"desk","id":"1","text":"a"}""", "not JSON")]
    public async Task Offer_HostileBody_IsRefusedWithASentence(string body, string says)
    {
        var (status, problem) = await posts.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Empty(await posts.PostsOfAsync("desk"));
    }

    [Fact]
    public async Task Offer_TooMuch_IsRefused()
    {
        var many = Enumerable.Range(0, 101).Select(i => new { source = "desk", id = $"{i}", text = "a" });
        var huge = JsonSerializer.Serialize(new { posts = new[] { new { source = "desk", id = "1", text = new string('a', 2_000_000) } } });
        var wide = JsonSerializer.Serialize(new { posts = new[] { new { source = "desk", id = "1", text = new string('a', 4_001) } } });

        Assert.Contains("send 1…100", Text((await posts.PostAsync(JsonSerializer.Serialize(new { posts = many }))).Answer, "detail"), StringComparison.Ordinal);
        Assert.Contains("4001 characters", Text((await posts.PostAsync(wide)).Answer, "detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await posts.PostAsync(huge)).Status);
    }

    /// <summary>Texts of markup, scripts, many writing systems and control characters are scored and come back as they are.</summary>
    [Fact]
    public async Task Offer_StrangeTexts_AreShownAsTheyAre()
    {
        string[] texts =
        [
            "<img src=x onerror=alert(1)> bitcoin", "bitcoin \u202Eevil\u202C \u0007 bell", "ビットコイン 急騰 🚀🚀", "بيتكوين يرتفع", new('₿', 4_000), "b\u0336i\u0336t\u0336c\u0336o\u0336i\u0336n\u0336",
        ];
        await posts.OfferAsync([.. texts.Select((text, i) => (object)new { source = "strange", id = $"strange-{i}", text })]);

        await Eventually.TrueAsync("all", async () => (await posts.PostsOfAsync("strange")).Count == texts.Length, Patience);

        var shown = (await posts.PostsOfAsync("strange")).ToDictionary(post => Text(post, "id")!, post => Text(post, "text"));
        Assert.All(texts.Index().Where(text => text.Item.Length < 1_000), text => Assert.Equal(text.Item, shown[$"strange-{text.Index}"]));
        Assert.Equal(1_000, shown["strange-4"]!.Length);
    }

    private static long Number(JsonElement point) => point.GetProperty("number").GetInt64();

    private static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
