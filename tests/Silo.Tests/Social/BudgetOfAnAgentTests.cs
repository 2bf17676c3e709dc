using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>A small budget of an agent whose source writes many posts.</summary>
public sealed class BudgetOfAnAgentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-budget-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Budget_UsedUp_LevelAndReasonSaySoAlsoAfterARestart()
    {
        await using (var agent = await StartAsync())
        {
            await Eventually.TrueAsync("a lower level", async () => await LevelAsync(agent) is "counts" or "off", Patience);
            var budget = (await agent.GetAsync("/api/v1/social/budget")).GetProperty("budget");

            Assert.Matches("of 400 reads of the day is used or reserved|more reads would make", Text(budget, "reason"));
            Assert.True(budget.GetProperty("day").GetProperty("reads").GetInt64() <= 400);
            Assert.True(agent.Services.GetRequiredService<SimulatedX>().Meter.Reads <= 400, "more was charged than allowed");
            Assert.True(budget.GetProperty("spentShare").GetDouble() >= 0.5);
            Assert.Contains("social_budget_level{source=\"simulated\"}", await agent.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await using var again = await StartAsync();
        await Eventually.TrueAsync("the level", async () => await LevelAsync(again) is not null, Patience);

        Assert.Contains(await LevelAsync(again), new[] { "counts", "off" });
        Assert.Equal(0, again.Services.GetRequiredService<SimulatedX>().Meter.Reads);
    }

    private static async Task<string?> LevelAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/social/budget")).GetProperty("budget") is { ValueKind: System.Text.Json.JsonValueKind.Object } budget && Text(budget, "reason") != "not read yet"
            ? Text(budget, "level")
            : null;

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(
        _folder.FullName, [.. RunningAgent.Restless, new("Social:Budget:ReadsPerDayMax", "400"), new("SimulatedX:Posts:PostsPerSecond", "30")]);
}
