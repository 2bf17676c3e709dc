using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Social;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Social;

/// <summary>The grains to which the reader of posts reports.</summary>
public sealed class SocialGrainTests : IAsyncLifetime
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly FaultyStorage _storage = new();
    private readonly FactList _facts = new();
    private readonly FakeTimeProvider _time = new(Now.ToDateTimeOffset());
    private InProcessTestCluster _cluster = null!;

    private ISentimentGrain Sentiment => _cluster.Client.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin);

    private ISocialBoardGrain Board => _cluster.Client.GetGrain<ISocialBoardGrain>(ISentimentGrain.Bitcoin);

    private ISocialStoreGrain Store => _cluster.Client.GetGrain<ISocialStoreGrain>("x");

    private IPostInboxGrain Inbox => _cluster.Client.GetGrain<IPostInboxGrain>(IPostInboxGrain.Key);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => _storage);
            silo.Services.AddSingleton<TimeProvider>(_time);
            silo.Services.AddSingleton<IFactPublisher>(_facts);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Publish_EarlierEpoch_IsRefusedAndChangesNothing()
    {
        Assert.True(await Sentiment.Publish(Batch(8, 100)));
        Assert.False(await Sentiment.Publish(Batch(7, 200)));

        var kept = await Sentiment.GetTallies(0);

        Assert.Equal(8, kept.Epoch);
        Assert.Equal(100, Assert.Single(kept.Tallies).Number);
    }

    [Fact]
    public async Task GetTallies_AfterANumber_GivesTheLaterOnesInOrder()
    {
        Assert.Empty((await Sentiment.GetTallies(0)).Tallies);
        await Sentiment.Publish(Batch(1, 100, 101, 103));
        await Sentiment.Publish(Batch(1, 103, 102, 104));

        Assert.Equal([103, 104], (await Sentiment.GetTallies(101)).Tallies.Select(tally => tally.Number));
        Assert.Equal([104], (await Sentiment.GetTallies(0)).Tallies.Select(tally => tally.Number));
        Assert.Empty((await Sentiment.GetTallies(104)).Tallies);
    }

    [Fact]
    public async Task Publish_MoreThanAreKept_ForgetsTheOldest()
    {
        await Sentiment.Publish(Batch(1, [.. Enumerable.Range(1, 700).Select(number => (long)number)]));

        var kept = (await Sentiment.GetTallies(1)).Tallies;

        Assert.Equal((600, 101, 700), (kept.Length, kept[0].Number, kept[^1].Number));
    }

    [Fact]
    public async Task TrySaveBudget_OnlyTheNextRevision_IsStored()
    {
        Assert.Null(await Store.GetBudget());
        Assert.True(await Store.TrySaveBudget(1, "{}"));
        Assert.False(await Store.TrySaveBudget(1, "{ }"));
        Assert.False(await Store.TrySaveBudget(3, "{ }"));

        await _cluster.DeactivateAsync(Store);

        Assert.Equal("{}", await Store.GetBudget());
        Assert.True(await Store.TrySaveBudget(2, "{ }"));
    }

    /// <summary>Money: a spending that could not be stored must not be read as stored.</summary>
    [Fact]
    public async Task TrySaveBudget_WriteFails_ThrowsAndTheStoredOneCounts()
    {
        await Store.TrySaveBudget(1, "{}");
        _storage.Fails = GrainStateNames.SocialStore;
        await Assert.ThrowsAnyAsync<Exception>(() => Store.TrySaveBudget(2, "{ }"));
        _storage.Fails = null;

        Assert.Equal("{}", await Store.GetBudget());
        Assert.True(await Store.TrySaveBudget(2, "{ }"));
    }

    [Fact]
    public async Task SaveCursor_EarlierEpoch_IsRefused()
    {
        Assert.True(await Store.SaveCursor(5, "a"));
        Assert.False(await Store.SaveCursor(4, "b"));
        Assert.True(await Store.SaveCursor(6, "c"));

        Assert.Equal(new ReaderTurn(true, "c"), await Store.TakeOver(6));
    }

    /// <summary>A reader that has lost its lease may not know it yet.</summary>
    [Fact]
    public async Task TakeOver_LaterReader_FencesTheOneBeforeAlsoAfterARestart()
    {
        Assert.Equal(new ReaderTurn(true, null), await Store.TakeOver(5));
        Assert.True(await Store.SaveCursor(5, "a"));
        Assert.Equal(new ReaderTurn(true, "a"), await Store.TakeOver(6));
        await _cluster.DeactivateAsync(Store);

        Assert.False(await Store.SaveCursor(5, "b"));
        Assert.Equal(new ReaderTurn(false, null), await Store.TakeOver(5));
        Assert.Equal(new ReaderTurn(true, "a"), await Store.TakeOver(6));
    }

    [Fact]
    public async Task Offer_TwiceAndAfterARestart_WaitsOnce()
    {
        var first = await Inbox.Offer([Offered("1"), Offered("2")]);
        await _cluster.DeactivateAsync(Inbox);
        var second = await Inbox.Offer([Offered("2"), Offered("3")]);

        Assert.Equal((2, 0, 1, 1), (first.Taken, first.Repeated, second.Taken, second.Repeated));
        Assert.Equal(["1", "2", "3"], (await Inbox.GetWaiting(0)).Select(post => post.Id));

        await Inbox.Done(2);

        Assert.Equal("3", Assert.Single(await Inbox.GetWaiting(0)).Id);
    }

    [Fact]
    public async Task Offer_ManyTimesInARow_AreRefusedUntilTheyAreFewer()
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(1, (await Inbox.Offer([Offered($"{i}")])).Taken);
        }

        var refused = await Inbox.Offer([Offered("60")]);

        Assert.Contains("at most 2 times a second", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal((0, 1, null), await Inbox.Offer([Offered("59")]) is var repeated ? (repeated.Taken, repeated.Repeated, repeated.Refusal) : default);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, (await Inbox.Offer([Offered("60")])).Taken);
        Assert.NotNull((await Inbox.Offer([Offered("61")])).Refusal);
    }

    [Fact]
    public async Task Remove_Post_ErasesWhatAPersonWroteAndKeepsTheNumbers()
    {
        await Board.Report(Report(1, Judged("1"), Judged("2")));
        await Board.Remove("x", "1", PostRemovalReason.Deleted);

        var posts = await Board.GetPosts(10);

        Assert.Equal(["2", "1"], posts.Select(post => post.Id));
        Assert.Equal("bitcoin rises", posts[0].Text);
        Assert.Equal(
            (null, null, 0, "", PostRemovalReason.Deleted, 0.5),
            (posts[1].Text, posts[1].Followers, posts[1].Terms.Length, posts[1].Factors[0].Reason, posts[1].Removed, posts[1].Tone));
    }

    [Fact]
    public async Task GetPosts_OlderThanADay_HaveNoText()
    {
        await Board.Report(Report(1, Judged("1")));
        _time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        Assert.Equal(PostRemovalReason.Expired, Assert.Single(await Board.GetPosts(10)).Removed);
    }

    [Fact]
    public async Task Report_EarlierEpochOrMoreThanAreKept_IsRefusedOrForgotten()
    {
        Assert.True(await Board.Report(Report(2, [.. Enumerable.Range(0, 250).Select(i => Judged($"{i}"))])));
        Assert.False(await Board.Report(Report(1, Judged("late"))));

        var posts = await Board.GetPosts(1_000);

        Assert.Equal((ISocialBoardGrain.PostsMax, "249"), (posts.Length, posts[0].Id));
        Assert.Equal("reader", (await Board.GetStatus()).Reader);
    }

    [Fact]
    public async Task Keep_PostsAndTallies_AreFactsWithoutTextAndAuthor()
    {
        Assert.True(await Board.Keep(2, [Judged("1"), Judged("2")]));
        Assert.False(await Board.Keep(1, [Judged("3")]));
        await Sentiment.Publish(Batch(2, 10, 20));
        await Sentiment.Publish(Batch(2, 20, 30));

        var facts = _facts.All.ToList();
        Assert.Equal(["1", "2"], facts.OfType<PostFact>().Select(post => post.Id));
        Assert.Equal(
            new PostFact("x", "1", "en", Now, Now, Now, 0.5, 1, 1, 0.2, "lexicon-1", "hash"), facts[0]);
        Assert.Equal([10, 20, 30], facts.OfType<SentimentFact>().Select(fact => fact.Tally.Number));
        Assert.All(facts.OfType<SentimentFact>(), fact => Assert.Equal("BTC", fact.Key));
    }

    private static SentimentBatch Batch(long epoch, params long[] numbers) =>
        new(epoch, [.. numbers.Select(number => new SentimentTally { Number = number, KnownAt = Now })]);

    private static SocialReport Report(long epoch, params JudgedPost[] posts) => new(epoch, [.. posts], new SocialStatus(Now, "reader", [], null));

    private static OfferedPost Offered(string id) => new() { Source = "desk", Id = id, Text = "bitcoin rises", CreatedAt = Now, ReceivedAt = Now };

    private static JudgedPost Judged(string id) => new()
    {
        Source = "x",
        Id = id,
        CreatedAt = Now,
        ReceivedAt = Now,
        KnownAt = Now,
        Text = "bitcoin rises",
        Language = "en",
        Followers = 7,
        Tone = 0.5,
        Confidence = 1,
        Class = JudgedClass.Positive,
        Weight = 0.2,
        ContentWeight = 1,
        Factors = [new JudgedFactor("relevance", 1, "bitcoin")],
        Terms = [new JudgedTerm("rises", 1, "")],
        Scorer = "lexicon-1",
        ScorerHash = "hash",
    };
}
