using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Silo.Tests.Roles;
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
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (again, unknown));
        Assert.Contains("strategies with a trained model are: momentum", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var (cancel, _) = await PostAsync(agent, "jobs/train-1/cancel", new { reason = "too long" });
        Assert.Equal(HttpStatusCode.OK, cancel);
        await Eventually.TrueAsync("the starter is cancelled", async () => await StateAsync(agent, 1) == "cancelled", Limit);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(agent, "jobs/train-1/cancel", new { reason = "again" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(agent, "jobs/train-9/cancel", new { reason = "again" })).Status);

        await Eventually.TrueAsync("the run fails", async () => await StateAsync(agent, 0) == "failed", Limit);
        Assert.StartsWith("too little data: ", (await JobAsync(agent)).GetProperty("outcome").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty((await agent.GetAsync("/api/v1/models")).EnumerateArray());
    }

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
