using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.Sources;
using BtcAgent.Social.Tests.X.Api;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X;

public sealed class DeletionTests
{
    [Fact]
    public async Task DeletionOfAPost_AlreadyAccepted_IsRemoved()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        for (var i = 0; i < 130; i++)
        {
            world.X.Publish(world.Post());
        }

        await world.AcceptedAsync(130);
        var ids = world.Sink.Ids.ToList();
        world.X.Delete(long.Parse(ids[5], null));
        world.X.Withhold(long.Parse(ids[120], null));
        Assert.Equal(130, await world.Source.CheckDeletionsAsync(ids, TestContext.Current.CancellationToken));
        Assert.Equal(
            [(ids[5], RemovalReason.Deleted), (ids[120], RemovalReason.Withheld)],
            world.Sink.Removals.Select(removal => (removal.Id, removal.Reason)));
        Assert.Equal(2, world.Source.Counters.Removed);
        Assert.Equal(130, world.X.Meter.Reads);
    }

    [Fact]
    public async Task Check_BeyondTheBudget_StopsWithTheNumberChecked()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        var ids = Enumerable.Range(0, 250).Select(_ => $"{world.X.PublishUnstreamed(world.Post())}").ToList();
        await world.StopAsync();
        world.Budget.ReadsPerDayMax = (await world.Store.LoadAsync(default)).Days.Single().Reads + 220;
        world.Options.SlackReads = 1_000; // The stream cannot be paid.
        world.Run();
        await world.PhaseAsync(XPhase.Counting);
        Assert.Equal(200, await world.Source.CheckDeletionsAsync(ids, TestContext.Current.CancellationToken));
        Assert.Empty(world.Sink.Removals);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"id":"5"}]}""")]
    [InlineData("""{"data":[{"id":"5","text":"half of a pair \ud83d"}]}""")]
    [InlineData("""{"errors":[{"title":"Not Found Error","type":"https://api.twitter.com/2/problems/resource-not-found"}]}""")]
    [InlineData("""{"errors":[{"resource_id":"5","type":"https://api.twitter.com/2/problems/service-unavailable"}]}""")]
    [InlineData("""{"errors":[{"resource_id":"5","resource_type":"user","type":"https://api.twitter.com/2/problems/resource-not-found"}]}""")]
    [InlineData("""{"errors":[{"resource_id":"5","type":"\ud83d"},{"resource_id":"\ud83d","type":"/resource-not-found"}]}""")]
    public async Task Check_NothingSaysThatThePostIsGone_RemovesNothing(string body) => Assert.Empty((await CheckAsync(body)).Removals);

    [Theory]
    [InlineData("resource-not-found")]
    [InlineData("not-authorized-for-resource")]
    public async Task Check_XSaysThatThePostIsGone_RemovesIt(string type)
    {
        var sink = await CheckAsync($$"""{"errors":[{"resource_id":"5","resource_type":"tweet","type":"https://api.twitter.com/2/problems/{{type}}"}]}""");
        Assert.Equal(("5", RemovalReason.Deleted), (sink.Removals.Single().Id, sink.Removals.Single().Reason));
    }

    private static async Task<CollectingSink> CheckAsync(string body)
    {
        var (time, sink, options) = (new FakeTimeProvider(XWorld.Start), new CollectingSink(), new XOptions());
        using var http = new HttpClient(AnsweringHandler.Json(body));
        var budget = new BudgetAccount(new BudgetGovernor(new BudgetOptions()), new MemoryBudgetStore(), 1, time);
        using var source = new XSource(
            new XClient(http, BearerToken.Of("token"), options, time), budget, sink, options, PostCursor.Empty, time, new CollectingLogger());
        Assert.Equal(2, await source.CheckDeletionsAsync(["5", "6"], TestContext.Current.CancellationToken));
        return sink;
    }

    [Fact]
    public async Task Check_Refused_RemovesNothing()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Faults.Refuse(XEndpoint.Lookup, new XRefusal(503));
        await Assert.ThrowsAsync<XApiException>(() => world.Source.CheckDeletionsAsync(["5"], TestContext.Current.CancellationToken));
        Assert.Empty(world.Sink.Removals);
    }
}
