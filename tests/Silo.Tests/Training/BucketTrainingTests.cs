using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>An agent whose history is in a bucket of a real S3 server trains on it.</summary>
public sealed class BucketTrainingTests(MinioServer server) : IClassFixture<MinioServer>, IDisposable
{
    private const int Days = 10;
    private const int PerDay = 1_440;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-bucket-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_HistoryInABucket_TrainsOnTheWindowAndLeavesNoCopy()
    {
        var bucket = await server.NewBucketAsync();
        var start = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(Days));
        await StoredSamples.WriteAsync(
            server, bucket, Path.Combine(_folder.FullName, "planting"), PlantedSamples.Live(start, Days * PerDay, seed: 3));
        await using var agent = await StartAsync(bucket, server.Endpoint);

        await RunAsync(agent, Days - 2);
        var job = await EndOfAsync(agent);

        var outcome = job.GetProperty("outcome");
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.InRange(outcome.GetProperty("data").GetProperty("rows").GetInt32(), ((Days - 2) * PerDay) - 5, ((Days - 2) * PerDay) + 5);
        var model = Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray()).GetProperty("model");
        Assert.Equal((outcome.GetProperty("modelId").GetString(), "shadow"), (model.GetProperty("id").GetString(), model.GetProperty("stage").GetString()));
        var copy = Path.Combine(_folder.FullName, "data", "training", "train-1", "history");
        await Eventually.TrueAsync("the copy is deleted", () => Task.FromResult(!Directory.Exists(copy)), Limit);
        Assert.DoesNotContain(MinioServer.SecretKey, await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "data", "training", "train-1", "job.json"), Cancelled), StringComparison.Ordinal);
    }

    /// <summary>The bucket is asked again by each attempt; the reason names it.</summary>
    [Fact]
    public async Task Run_ServerIsDown_FailsAfterItsAttemptsAndSaysWhy()
    {
        await using var agent = await StartAsync("bucket", "http://127.0.0.1:1");

        await RunAsync(agent, Days);
        var job = await EndOfAsync(agent);

        Assert.Equal(("failed", 3), (job.GetProperty("state").GetString(), job.GetProperty("attempts").GetInt32()));
        var reason = job.GetProperty("outcome").GetProperty("reason").GetString();
        Assert.StartsWith("interrupted 3 times, last because ", reason, StringComparison.Ordinal);
        Assert.EndsWith("connection refused: start the server, or correct Endpoint", reason, StringComparison.Ordinal);
    }

    private Task<RunningAgent> StartAsync(string bucket, string endpoint) => RunningAgent.StartAsync(
        Path.Combine(_folder.FullName, "data"),
        [
            .. PlantedSamples.Settings,
            .. StoredSamples.Settings(server, bucket),
            new("History:Parquet:Store:Endpoint", endpoint),
            new("Logging:LogLevel:Default", "None"),
        ]);

    private static async Task RunAsync(RunningAgent agent, int days)
    {
        using var answer = await agent.Http.PostAsJsonAsync("/api/v1/optimizer/run", new { strategy = "momentum", days, reason = "a test" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonElement> EndOfAsync(RunningAgent agent)
    {
        var job = default(JsonElement);
        await Eventually.TrueAsync(
            "the job ends",
            async () =>
            {
                job = (await agent.GetAsync("/api/v1/optimizer")).GetProperty("jobs")[0];
                return job.GetProperty("endedAt").ValueKind == JsonValueKind.String;
            },
            Limit,
            () => job.ToString());
        return job;
    }
}
