using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Tests.Training;
using BtcAgent.Silo.Training;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Experiments;

/// <summary>
/// The whole loop in one agent: the market changes, drift is noticed, a job searches in its own process, its winner passes the gates and
/// goes from shadow through canary to champion, and is rolled back when it loses. Samples are a script in simulated time; the agent
/// stops and starts at each stage.
/// </summary>
public sealed class ClosedLoopTests : IDisposable
{
    private const int Minutes = 720;
    private const float NewRegime = 1.5f;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-loop-");
    private RunningAgent _agent = null!;
    private Timestamp _now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + TimeSpan.FromHours(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Loop_MarketChanges_ChampionIsReplacedOnEvidenceAndABadOneRolledBack()
    {
        await PlantedSamples.WriteAsync(FolderOf(1), days: 60, PlantedSamples.EdgeBps, seed: 3);
        await PlantedSamples.WriteAsync(FolderOf(2), days: 90, PlantedSamples.EdgeBps, seed: 3, NewRegime);
        await StartAsync();
        try
        {
            var first = await FirstChampionAsync();

            // The market of its training raises no alarm; another one does.
            await PlayAsync(first, seed: 11, moved: 0);
            Assert.Single(await JobsAsync());
            await PlayAsync(first, seed: 12, NewRegime);
            await Eventually.TrueAsync("drift asks for a training", async () => (await JobsAsync()).Count == 2, Limit, () => "no job");
            Assert.Equal("featureDrift", Text((await JobsAsync())[0].GetProperty("request"), "trigger"));

            await Eventually.TrueAsync("the job runs", async () => Text((await JobsAsync())[0], "state") == "running", Limit);
            await RestartAsync(first);
            await Eventually.TrueAsync("the job ends", async () => Text((await JobsAsync())[0], "state") is "succeeded" or "nothingFound" or "failed", Limit);
            var outcome = (await JobsAsync())[0].GetProperty("outcome");
            Assert.Equal("succeeded", Text(outcome, "state"));
            Assert.All(outcome.GetProperty("findings").GetProperty("reasons").EnumerateArray(), reason => Assert.True(reason.GetProperty("holds").GetBoolean()));
            var second = Text(outcome, "modelId");

            await Eventually.TrueAsync("an experiment begins by itself", async () => (await _agent.GetAsync("/api/v1/experiments")).GetArrayLength() == 2, Limit);
            await RestartAsync(first);
            await WinningDays.PlayAsync(_agent, "ab-2");
            await StageAsync(second, "canary");
            await RestartAsync(first);
            await PostAsync("experiments/ab-2/confirm", new { reason = "a drill" });
            await StageAsync(second, "champion");
            await RestartAsync(second);

            await WinningDays.LoseAsync(_agent, "ab-2");
            await StageAsync(second, "retired");
            await StageAsync(first, "champion");
            await RestartAsync(first);
            Assert.Equal("rolledBack", Text(await _agent.GetAsync("/api/v1/experiments/ab-2"), "outcome"));
            Assert.Equal(["shadow", "canary", "champion", "shadow", "retired"], await MovesAsync(second));
            Assert.Equal(["shadow", "champion", "shadow", "champion"], await MovesAsync(first));
            Assert.Equal(2, (await _agent.GetAsync("/api/v1/models")).GetArrayLength());
        }
        finally
        {
            await _agent.DisposeAsync();
        }
    }

    /// <summary>Trained by the recipe, promoted by a person.</summary>
    private async Task<string> FirstChampionAsync()
    {
        await PostAsync("optimizer/run", new { strategy = "momentum", trials = 0, reason = "a drill" });
        await Eventually.TrueAsync("a first model", async () => Text((await JobsAsync())[0], "state") == "succeeded", Limit, () => "no model");
        var model = Text((await JobsAsync())[0].GetProperty("outcome"), "modelId");
        await Eventually.TrueAsync("its experiment", async () => (await _agent.GetAsync("/api/v1/experiments")).GetArrayLength() == 1, Limit);
        await PostAsync($"models/{model}/stage", new { stage = "champion", reason = "a drill" });
        return model;
    }

    /// <summary>Twelve hours of samples, each decided by the champion.</summary>
    private async Task PlayAsync(string champion, int seed, float moved)
    {
        var samples = PlantedSamples.Live(_now, Minutes, seed, moved).ToList();
        foreach (var sample in samples)
        {
            await DecideAsync(champion, sample);
        }

        _now = samples[^1].EventTime + TimeSpan.FromMinutes(1);
    }

    private async Task DecideAsync(string champion, FeatureSample sample)
    {
        var signals = _agent.Services.GetRequiredService<IGrainFactory>().GetGrain<ISignalGrain>("BINANCE:BTCUSDT/momentum");
        Assert.Equal(champion, (await signals.Evaluate(sample)).Signal.ModelId);
    }

    /// <summary>Stops and starts; the next sample is decided by the champion of before.</summary>
    private async Task RestartAsync(string champion)
    {
        await _agent.DisposeAsync();
        await StartAsync();
        await DecideAsync(champion, PlantedSamples.Live(_now, 1, seed: 13, NewRegime).Single());
        _now += TimeSpan.FromMinutes(1);
    }

    private async Task StartAsync()
    {
        var space = Path.Combine(_folder.FullName, "space.json");
        await File.WriteAllTextAsync(space, PlantedSamples.Space, Cancelled);
        _agent = await RunningAgent.StartAsync(
            _folder.FullName,
            [
                .. PlantedSamples.Settings,
                new("Agent:UnprovenModelsTrade", "true"),
                new("Retraining:Search:Trials", "8"), new("Retraining:Search:SpaceFile", space),
                new("ModelWatch:ReadSeconds", "1"), new("ModelWatch:Drift:RowsMin", "300"), new("ModelWatch:Drift:WindowHours", "12"),
                new("Experiments:EvaluateSeconds", "1"), new("Experiments:HorizonDays", "30"), new("Experiments:ShadowDays", "1"),
                new("Experiments:ShadowTrades", "1"), new("Experiments:CanaryDays", "1"), new("Experiments:CanaryTrades", "1"),
            ]);
    }

    private TrainerFolder FolderOf(int job) => new(Path.Combine(_folder.FullName, "training", $"train-{job}"));

    private async Task<List<JsonElement>> JobsAsync() => [.. (await _agent.GetAsync("/api/v1/optimizer")).GetProperty("jobs").EnumerateArray()];

    private async Task<IEnumerable<string>> MovesAsync(string model) =>
        (await _agent.GetAsync($"/api/v1/models/{model}")).GetProperty("model").GetProperty("moves").EnumerateArray().Select(move => Text(move, "to"));

    private Task StageAsync(string model, string stage) => Eventually.TrueAsync(
        $"{model} is {stage}",
        async () => Text((await _agent.GetAsync($"/api/v1/models/{model}")).GetProperty("model"), "stage") == stage,
        TimeSpan.FromSeconds(60));

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _agent.Http.PostAsJsonAsync($"/api/v1/{path}", body, Cancelled);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancelled)}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
