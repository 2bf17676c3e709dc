using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The machine's clock is set while the agent runs or between two runs.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan TradeMax = TimeSpan.FromSeconds(60);

    /// <summary>Orleans tolerates a clock that is ahead by less than the time after which a silo is stale.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-clock-");
    private readonly SteppingTime _wall = new(runs: true);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_ClockWasAheadAndIsRightAgain_DecidesAndFillsAgain()
    {
        _wall.Step(Ahead);
        await using (var ahead = await RunningAgent.StartAsync(_folder.FullName, _wall, RunningAgent.Restless))
        {
            await TradeAsync(ahead);
        }

        _wall.Step(-Ahead);
        await using var right = await RunningAgent.StartAsync(_folder.FullName, _wall, RunningAgent.Restless);
        await TradeAsync(right);

        var clock = (await right.GetAsync("/api/v1/status")).GetProperty("clock");
        Assert.InRange(clock.GetProperty("behindStoreMs").GetDouble(), 1, Ahead.TotalMilliseconds);
    }

    [Fact]
    public async Task Step_WhileRunning_IsSaidInStatusAndTradingGoesOn()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, _wall, RunningAgent.Restless);
        await TradeAsync(agent);
        var steps = 0;
        foreach (var seconds in (int[])[-86_400, 86_400, -1, 1, 86_400, -86_400])
        {
            _wall.Step(TimeSpan.FromSeconds(seconds));
            steps++;
            await Eventually.TrueAsync(
                $"the step of {seconds} s in the status",
                async () => (await ClockAsync(agent)).GetProperty("steps").GetInt64() == steps,
                TimeSpan.FromSeconds(20));
            Assert.Equal(seconds * 1000.0, (await ClockAsync(agent)).GetProperty("lastStepMs").GetDouble(), 300.0);
            await TradeAsync(agent);
        }

        using var ready = await agent.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.True(ready.IsSuccessStatusCode);
    }

    /// <summary>A new decision and a new fill.</summary>
    private static async Task TradeAsync(RunningAgent agent)
    {
        var (decision, fills) = (await NewestAsync(agent), await FillsAsync(agent));
        await Eventually.TrueAsync(
            "another decision and another fill",
            async () => await NewestAsync(agent) != decision && await FillsAsync(agent) > fills,
            TradeMax);
    }

    private static async Task<string> NewestAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/decisions?limit=1")).EnumerateArray().Select(d => d.GetProperty("id").ToString()).FirstOrDefault("");

    private static async Task<int> FillsAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();

    private static async Task<JsonElement> ClockAsync(RunningAgent agent) => (await agent.GetAsync("/api/v1/status")).GetProperty("clock");
}
