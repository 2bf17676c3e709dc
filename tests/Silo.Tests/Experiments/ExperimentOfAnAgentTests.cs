using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Experiments;

/// <summary>The starter model against the rule, in a running agent: begun by itself, promoted on evidence by a person, and rolled back.</summary>
public sealed class ExperimentOfAnAgentTests : IDisposable
{
    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("StarterModel:HistoryMinutes", "60"), new("Agent:UnprovenModelsTrade", "true"), new("Experiments:EvaluateSeconds", "1"),
        new("Experiments:ShadowDays", "1"), new("Experiments:ShadowTrades", "1"), new("Experiments:CanaryDays", "1"), new("Experiments:CanaryTrades", "1"),
        new("Experiments:HorizonDays", "30"), new("Logging:LogLevel:Default", "Error"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-experiment-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Challenger_ThatEarnsMore_IsPromotedByAPersonAndRolledBackByAnother()
    {
        string challenger;
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, Settings))
        {
            await Eventually.TrueAsync(
                "an experiment of the starter model", async () => (await agent.GetAsync("/api/v1/experiments")).GetArrayLength() == 1, TimeSpan.FromMinutes(3));
            var begun = (await agent.GetAsync("/api/v1/experiments"))[0];
            challenger = begun.GetProperty("challenger").GetString()!;
            Assert.Equal(("shadow", "running"), (Text(begun, "stage"), Text(begun, "outcome")));
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(agent, "confirm"));
            Assert.Equal(HttpStatusCode.Conflict, await BeginAsync(agent, challenger));

            await WinningDays.PlayAsync(agent);
            await StageAsync(agent, challenger, "canary");
            Assert.True((await agent.GetAsync("/api/v1/experiments/ab-1")).GetProperty("awaitsConfirmation").GetBoolean());
            Assert.Equal(HttpStatusCode.OK, await PostAsync(agent, "confirm"));
            await StageAsync(agent, challenger, "champion");
        }

        // The experiment survives a restart, with its evidence.
        await using var again = await RunningAgent.StartAsync(_folder.FullName, Settings);
        var promoted = await again.GetAsync("/api/v1/experiments/ab-1");
        Assert.Equal("champion", Text(promoted, "stage"));
        Assert.Equal(["began", "holdComplete", "significant"], promoted.GetProperty("moves").EnumerateArray().Select(move => Text(move, "cause")));
        Assert.Equal("operator", Text(promoted.GetProperty("moves")[2], "by"));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(again, "stop"));
        await StageAsync(again, challenger, "retired");
        Assert.Equal("rolledBack", Text(await again.GetAsync("/api/v1/experiments/ab-1"), "outcome"));
        var model = (await again.GetAsync($"/api/v1/models/{challenger}")).GetProperty("model");
        Assert.Equal(["shadow", "canary", "champion", "retired"], model.GetProperty("moves").EnumerateArray().Select(move => Text(move, "to")));
        Assert.Contains("experiment ab-1, Significant", Text(model.GetProperty("moves")[2], "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Challenger_PromotedByAPersonMeanwhile_RemainsChampionAndItsExperimentEnds()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, Settings);
        await Eventually.TrueAsync(
            "an experiment of the starter model", async () => (await agent.GetAsync("/api/v1/experiments")).GetArrayLength() == 1, TimeSpan.FromMinutes(3));
        var challenger = Text((await agent.GetAsync("/api/v1/experiments"))[0], "challenger")!;
        using var moved = await agent.Http.PostAsJsonAsync($"/api/v1/models/{challenger}/stage", new { stage = "champion", reason = "a drill" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);

        await Eventually.TrueAsync(
            "the experiment ends", async () => Text(await agent.GetAsync("/api/v1/experiments/ab-1"), "outcome") == "stopped", TimeSpan.FromSeconds(60));
        var ended = (await agent.GetAsync("/api/v1/experiments/ab-1")).GetProperty("moves").EnumerateArray().Last();
        Assert.Contains("moved to champion by a person", Text(ended, "text"), StringComparison.Ordinal);
        Assert.Equal("champion", Text((await agent.GetAsync($"/api/v1/models/{challenger}")).GetProperty("model"), "stage"));
    }

    private static async Task StageAsync(RunningAgent agent, string model, string stage) => await Eventually.TrueAsync(
        $"{model} is {stage}",
        async () => Text((await agent.GetAsync($"/api/v1/models/{model}")).GetProperty("model"), "stage") == stage,
        TimeSpan.FromSeconds(60));

    private static async Task<HttpStatusCode> PostAsync(RunningAgent agent, string step)
    {
        using var answer = await agent.Http.PostAsJsonAsync($"/api/v1/experiments/ab-1/{step}", new { reason = "a drill" }, Cancelled);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> BeginAsync(RunningAgent agent, string challenger)
    {
        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/experiments", new { challenger, reason = "a drill" }, Cancelled);
        return answer.StatusCode;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
