using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>Numbers of posts, with several rules.</summary>
public sealed class CountsTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public async Task Counts_ThreeRules_WaitThreeTimesAsLong()
    {
        await using var world = await CountingAsync();
        world.Run();
        Assert.Equal(TimeSpan.FromMinutes(3), (await world.PhaseAsync(XPhase.Counting)).Wait);
        Assert.Equal(3, world.X.Meter.Counts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Counts_OneRequestRefused_AsksOnlyForWhatIsMissing(int refused)
    {
        await using var world = await CountingAsync();
        var requests = 0;
        world.X.Faults.OnRequest = endpoint =>
        {
            if (endpoint == XEndpoint.Counts && ++requests == refused)
            {
                world.X.Faults.Refuse(XEndpoint.Counts, new XRefusal(503));
            }
        };
        world.X.Publish(world.Post());
        world.Time.Advance(TimeSpan.FromMinutes(2));
        world.Run();
        await world.PassWaitAsync();
        await world.PhaseAsync(XPhase.Counting);
        Assert.Equal((4, 3), (requests, world.X.Meter.Counts));
        Assert.Equal(3, (await world.Store.LoadAsync(default)).Days.Single().Counts);
        Assert.Single(world.Sink.Counts);
    }

    [Fact]
    public async Task Counts_NotAllRulesCanBePaid_AsksNone()
    {
        await using var world = await CountingAsync();
        world.Budget.DollarsPerDayMax = 2 * world.Budget.DollarsPerCounts;
        world.Run();
        await world.PhaseAsync(XPhase.OutOfBudget);
        Assert.Equal(0, world.X.Meter.Counts);
    }

    private static async Task<XWorld> CountingAsync()
    {
        var world = await XWorld.OpenAsync();
        (world.Budget.ReadsPerDayMax, world.Budget.DollarsPerDayMax) = (0, 100);
        foreach (var name in Names)
        {
            world.Options.Rules[name] = $"bitcoin {name}";
        }

        return world;
    }
}
