using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>Searches that X refuses.</summary>
public sealed class GapSearchTests
{
    [Fact]
    public async Task Search_OneQueryRefusedForGood_SearchesTheOthers_AndSaysSo()
    {
        await using var world = await InterruptedAsync(400);
        await world.AcceptedAsync(2);
        await world.UntilAsync(() => world.Source.Counters.GapsCut == 1);
        Assert.Single(world.Log.Lines, line => line.Contains("search of rule first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_XOutOfOrder_IsLoggedAndTriedAgain()
    {
        await using var world = await InterruptedAsync(503);
        await world.UntilAsync(() => world.Log.Lines.Any(line => line.Contains("search of rule first", StringComparison.Ordinal)));
        Assert.Single(world.Sink.Posts);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.AcceptedAsync(2);
        Assert.Equal(0, world.Source.Counters.GapsCut);
    }

    [Fact]
    public async Task SinkFails_InASearch_EndsTheSource_AlsoIfTheStreamEndsFirst()
    {
        await using var world = await InterruptedAsync(503);
        await world.UntilAsync(() => world.Log.Lines.Any(line => line.Contains("search of rule first", StringComparison.Ordinal)));
        world.Sink.Failure = new IOException("the sink is full");
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.UntilAsync(() => world.Sink.Failed == 1);
        world.X.Streams.Close();
        Assert.Same(world.Sink.Failure, await Assert.ThrowsAsync<IOException>(() => world.UntilAsync(() => world.Source.Status.Phase == XPhase.Waiting)));
    }

    /// <summary>A source that has missed a post, and whose first search X refuses.</summary>
    private static async Task<XWorld> InterruptedAsync(int status)
    {
        var world = await XWorld.OpenAsync();
        (world.Options.Rules["first"], world.Options.Rules["second"]) = ("gold lang:en", "bitcoin lang:en");
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        world.X.PublishUnstreamed(world.Post());
        world.X.Faults.Refuse(XEndpoint.Search, new XRefusal(status));
        world.X.Streams.Close();
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        world.Time.Advance(world.Options.SearchDelay);
        return world;
    }
}
