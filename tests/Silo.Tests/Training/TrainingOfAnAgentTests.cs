using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Training;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Training jobs of a running agent, from the request to the registered model.</summary>
public sealed class TrainingOfAnAgentTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-training-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The trainer is killed, then the agent stops and starts again: the model is registered once, and backed up.</summary>
    [Fact]
    public async Task Starter_TrainerKilledAndAgentStopped_OneModelIsRegistered()
    {
        await using (var first = await StartAsync(new("StarterModel:HistoryMinutes", "240")))
        {
            await TrainerAsync(trainer => trainer.Kill());
            await Eventually.TrueAsync("a second attempt", async () => (await JobAsync(first)).GetProperty("attempts").GetInt32() == 2, Limit);
            await TrainerAsync(_ => { });
        }

        Assert.Empty(Trainers());
        await using var agent = await StartAsync(new("StarterModel:HistoryMinutes", "240"));
        await Eventually.TrueAsync("the job ends", async () => await StateAsync(agent) == "succeeded", Limit, () => "no end");

        var job = await JobAsync(agent);
        var outcome = job.GetProperty("outcome");
        Assert.Equal(("train-1", 2), (job.GetProperty("id").GetString(), job.GetProperty("attempts").GetInt32()));
        Assert.True(outcome.GetProperty("data").GetProperty("rows").GetInt32() > 10_000);
        var model = Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray()).GetProperty("model");
        Assert.Equal((outcome.GetProperty("modelId").GetString(), "shadow"), (model.GetProperty("id").GetString(), model.GetProperty("stage").GetString()));
        Assert.Single(model.GetProperty("moves").EnumerateArray());
        Assert.Equal(
            ["model.zip", "report.html"],
            Directory.GetFiles(Path.Combine(_folder.FullName, "backups", "models", model.GetProperty("id").GetString()!)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_LittleHistoryThenCancel_SaysWhyAndEnds()
    {
        await using var agent = await StartAsync(new("StarterModel:HistoryMinutes", "1440"));
        await TrainerAsync(_ => { });

        var (status, run) = await PostAsync(agent, "run", new { strategy = "momentum", reason = "a test" });
        Assert.Equal((HttpStatusCode.OK, "queued"), (status, run.GetProperty("state").GetString()));
        var (again, _) = await PostAsync(agent, "run", new { strategy = "momentum", reason = "a test" });
        var (unknown, problem) = await PostAsync(agent, "run", new { strategy = "none", reason = "a test" });
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (again, unknown));
        Assert.Contains("strategies are: momentum", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var (cancel, _) = await PostAsync(agent, "jobs/train-1/cancel", new { reason = "too long" });
        Assert.Equal(HttpStatusCode.OK, cancel);
        await Eventually.TrueAsync("the starter is cancelled", async () => await StateAsync(agent, 1) == "cancelled", Limit);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(agent, "jobs/train-1/cancel", new { reason = "again" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(agent, "jobs/train-9/cancel", new { reason = "again" })).Status);

        await Eventually.TrueAsync("the run fails", async () => await StateAsync(agent, 0) == "failed", Limit);
        Assert.StartsWith("too little data: ", (await JobAsync(agent)).GetProperty("outcome").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty((await agent.GetAsync("/api/v1/models")).EnumerateArray());
    }

    /// <summary>The samples are prepared already: those of a planted edge, then those of a random walk.</summary>
    [Fact]
    public async Task Run_Search_RegistersAWinnerThatPassesAndNothingElse()
    {
        var space = Path.Combine(_folder.FullName, "space.json");
        await File.WriteAllTextAsync(space, PlantedSamples.Space, Cancelled);
        await PlantedSamples.WriteAsync(PreparedFolder(1), days: 90, PlantedSamples.EdgeBps, seed: 3);
        await PlantedSamples.WriteAsync(PreparedFolder(2), days: 30, edgeBps: 0, seed: 4);
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, [.. PlantedSamples.Settings, new("Retraining:Search:SpaceFile", space)]);

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(agent, "run", new { strategy = "momentum", trials = 10_001, reason = "a test" })).Status);
        var (status, run) = await PostAsync(agent, "run", new { strategy = "momentum", trials = 8, reason = "a test" });
        Assert.Equal((HttpStatusCode.OK, 8), (status, run.GetProperty("request").GetProperty("recipe").GetProperty("search").GetProperty("trials").GetInt32()));
        await Eventually.TrueAsync("the first job ends", async () => (await JobAsync(agent)).GetProperty("outcome").ValueKind == JsonValueKind.Object, Limit);
        var found = (await JobAsync(agent)).GetProperty("outcome");
        Assert.Equal("succeeded", found.GetProperty("state").GetString());
        Assert.StartsWith("It passes: ", found.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var model = Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray()).GetProperty("model");
        Assert.Equal((found.GetProperty("modelId").GetString(), "shadow"), (model.GetProperty("id").GetString(), model.GetProperty("stage").GetString()));

        await PostAsync(agent, "run", new { strategy = "momentum", trials = 4, reason = "a test" });
        await Eventually.TrueAsync("the second job ends", async () => (await JobAsync(agent)).GetProperty("outcome").ValueKind == JsonValueKind.Object, Limit);
        var nothing = (await JobAsync(agent)).GetProperty("outcome");
        Assert.Equal("nothingFound", nothing.GetProperty("state").GetString());
        Assert.StartsWith("No model is written. ", nothing.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray());
        var search = nothing.GetProperty("findings").GetProperty("search").GetString()!;
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "backups", "searches", search, "report.html")));
    }

    private TrainerFolder PreparedFolder(int number) => new(Path.Combine(_folder.FullName, "training", $"train-{number}"));

    private static async Task<string?> StateAsync(RunningAgent agent, int index = 0) => (await JobAsync(agent, index)).GetProperty("state").GetString();

    private static async Task<JsonElement> JobAsync(RunningAgent agent, int index = 0) => (await agent.GetAsync("/api/v1/optimizer")).GetProperty("jobs")[index];

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(RunningAgent agent, string path, object body)
    {
        using var answer = await agent.Http.PostAsJsonAsync($"/api/v1/optimizer/{path}", body, Cancelled);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }

    private Task<RunningAgent> StartAsync(KeyValuePair<string, string?> setting) => RunningAgent.StartAsync(
        _folder.FullName, setting, new("History:Parquet:FlushSeconds", "1"), new("Logging:LogLevel:Default", "Warning"));

    private async Task TrainerAsync(Action<Process> act)
    {
        await Eventually.TrueAsync("a trainer runs", () => Task.FromResult(Trainers().Count > 0), Limit);
        using var trainer = Process.GetProcessById(Trainers()[0]);
        act(trainer);
    }

    /// <summary>Trainers of this test's folder, read from Linux.</summary>
    private List<int> Trainers() =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)).Where(IsTrainer),
    ];

    private bool IsTrainer(int process)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{process}/cmdline");
            return command.Contains("trainer", StringComparison.Ordinal) && command.Contains(_folder.FullName, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended meanwhile.
        }
    }
}
