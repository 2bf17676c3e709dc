using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.Tests.X;

/// <summary>A connection that X refuses costs nothing.</summary>
public sealed class RefusedConnectionTests
{
    private const int Refusals = 28;

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task RefusedConnections_28WithTheDefaultBudget_SpendNothing(int status)
    {
        await using var world = await XWorld.OpenAsync();
        var (defaults, budget) = (new BudgetOptions(), world.Budget);
        (budget.ReadsPerDayMax, budget.ReadsPerMonthMax) = (defaults.ReadsPerDayMax, defaults.ReadsPerMonthMax);
        (budget.DollarsPerDayMax, budget.DollarsPerMonthMax) = (defaults.DollarsPerDayMax, defaults.DollarsPerMonthMax);
        world.Options.SlackReads = new XOptions().SlackReads;
        for (var i = 0; i < Refusals; i++)
        {
            world.X.Faults.Refuse(XEndpoint.Stream, new XRefusal(status));
        }

        world.Run();
        for (var i = 0; i < Refusals - 1; i++)
        {
            await world.PassWaitAsync();
        }

        await world.PhaseAsync(XPhase.Waiting);
        Assert.Equal(BudgetLevel.Stream, world.Source.Status.Level);
        Assert.Equal((Refusals, 0), (world.X.Streams.RequestedAt.Count, world.X.Meter.Reads));
        Assert.Equal(0, (await world.Store.LoadAsync(default)).Days.Sum(day => day.Reads));
    }
}
