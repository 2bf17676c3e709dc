using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;

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
