using System.Text.Json;
using BtcAgent.Silo.Training;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Training jobs of a cluster, from the request at the gateway to the registered model.</summary>
public sealed class OptimizerOfAClusterTests(TrainingCluster cluster) : IClassFixture<TrainingCluster>
{
    private const double Prepared = 0.31;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OptimizerKilled_AnotherOneBeginsAgainAndOneModelIsRegistered()
    {
        var before = await cluster.ModelsAsync();
        var silo = await cluster.StartSiloAsync();
        var job = await cluster.RunAsync(TrainingCluster.Days - 2);
        using (var first = cluster.StartOptimizer("first"))
        {
            await ProgressAsync(job, attempt: 1, Prepared, () => first.Said);
        }

        using var second = cluster.StartOptimizer("second");
        await ProgressAsync(job, attempt: 2, 0, () => second.Said);
        await silo.StopAsync(Cancelled);
        var ended = await EndOfAsync(job, () => second.Said);

        Assert.Equal(("succeeded", 2), (ended.GetProperty("state").GetString(), ended.GetProperty("attempts").GetInt32()));
        var model = Assert.Single((await cluster.ModelsAsync()).Skip(before.Count));
        Assert.Equal(
            (ended.GetProperty("outcome").GetProperty("modelId").GetString(), "shadow"), (model.GetProperty("id").GetString(), model.GetProperty("stage").GetString()));
        Assert.Single(model.GetProperty("moves").EnumerateArray());
        Assert.Equal(
            ["model.zip", "report.html"],
            Directory.GetFiles(Path.Combine(cluster.FolderOf("reports"), "models", model.GetProperty("id").GetString()!)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var copy = Path.Combine(cluster.FolderOf("second"), "training", job, "history");
        await Eventually.TrueAsync("the copy of the history is deleted", () => Task.FromResult(!Directory.Exists(copy)), Limit, () => second.Said);
    }

    /// <summary>The history is gone when the optimizer starts again: the samples of its data folder are enough.</summary>
    [Fact]
    public async Task Run_OptimizerKilledAndStartedAgain_ContinuesFromItsSamples()
    {
        var before = await cluster.ModelsAsync();
        var job = await cluster.RunAsync(TrainingCluster.Days - 3);
        using (var killed = cluster.StartOptimizer("same"))
        {
            await ProgressAsync(job, attempt: 1, Prepared, () => killed.Said);
        }

        await using var gone = await cluster.WithoutAsync(int.MaxValue);
        using var again = cluster.StartOptimizer("same");
        var ended = await EndOfAsync(job, () => again.Said);

        Assert.Equal(("succeeded", 2), (StateOf(ended), ended.GetProperty("attempts").GetInt32()));
        Assert.Single((await cluster.ModelsAsync()).Skip(before.Count));
    }

    /// <summary>
    /// An optimizer hangs while its trainer finishes a model. Its lease expires, and another optimizer trains the job on a history that has lost its first days.
    /// </summary>
    [Fact]
    public async Task Run_OptimizerHangsPastItsLease_ItsModelIsNotRegistered()
    {
        var before = await cluster.ModelsAsync();
        var job = await cluster.RunAsync(TrainingCluster.Days - 1);
        using var hung = cluster.StartOptimizer("hung");
        await ProgressAsync(job, attempt: 1, Prepared, () => hung.Said);
        hung.Pause();
        using (var successor = cluster.StartOptimizer("successor"))
        {
            await using var gone = await cluster.WithoutAsync(4);
            var ended = await EndOfAsync(job, () => successor.Said);
            Assert.Equal(("succeeded", 2), (StateOf(ended), ended.GetProperty("attempts").GetInt32()));
            var done = new TrainerFolder(Path.Combine(cluster.FolderOf("hung"), "training", job));
            await Eventually.TrueAsync("the trainer of the hung one finishes", () => Task.FromResult(done.IsDone), Limit, () => hung.Said);
            Assert.NotEqual(ended.GetProperty("outcome").GetProperty("modelId").GetString(), done.ReadDone().Result.ModelId);

            hung.Continue();
            await Eventually.TrueAsync("the lease is lost", () => Task.FromResult(hung.Said.Contains("lost to", StringComparison.Ordinal)), Limit, () => hung.Said);
        }

        await Eventually.TrueAsync(
            "it holds the lease again, without work", () => Task.FromResult(hung.Said.Split("held here").Length == 3), Limit, () => hung.Said);
        var model = Assert.Single((await cluster.ModelsAsync()).Skip(before.Count));
        Assert.Equal((await cluster.JobAsync(job)).GetProperty("outcome").GetProperty("modelId").GetString(), model.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Run_ThenCancel_EndsTheTrainerWithoutAModel()
    {
        var before = await cluster.ModelsAsync();
        var job = await cluster.RunAsync(TrainingCluster.Days - 4);
        using var optimizer = cluster.StartOptimizer("cancelled");
        await ProgressAsync(job, attempt: 1, Prepared, () => optimizer.Said);

        await cluster.CancelAsync(job);
        var ended = await EndOfAsync(job, () => optimizer.Said);

        Assert.Equal("cancelled", StateOf(ended));
        Assert.Equal(before.Count, (await cluster.ModelsAsync()).Count);
        Assert.False(optimizer.HasEnded, optimizer.Said);
    }

    private static string? StateOf(JsonElement job) => job.GetProperty("state").GetString();

    private Task ProgressAsync(string id, int attempt, double share, Func<string> said) => Eventually.TrueAsync(
        $"attempt {attempt} of {id} reaches {share}",
        async () =>
        {
            var job = await cluster.JobAsync(id);
            Assert.True(StateOf(job) is "queued" or "running" or "interrupted", $"{job}");
            return job.GetProperty("attempts").GetInt32() == attempt && job.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress
                && progress.GetProperty("share").GetDouble() >= share && progress.GetProperty("step").GetString() != "copying the history from its bucket";
        },
        Limit,
        said);

    private async Task<JsonElement> EndOfAsync(string id, Func<string> said)
    {
        await Eventually.TrueAsync($"{id} ends", async () => (await cluster.JobAsync(id)).GetProperty("endedAt").ValueKind == JsonValueKind.String, Limit, said);
        return await cluster.JobAsync(id);
    }
}
