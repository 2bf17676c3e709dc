using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Domain;
using BtcAgent.History.Files;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>A silo and a gateway on PostgreSQL and Kafka, and a history of planted samples in a bucket. Optimizers are processes that a test starts.</summary>
public sealed class TrainingCluster : IAsyncLifetime
{
    public const int Days = 10;

    private const int PerDay = 1_440;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-optimizer-");
    private readonly PostgresServer _postgres = new();
    private readonly KafkaBroker _kafka = new();
    private readonly MinioServer _minio = new();
    private readonly List<WebApplication> _apps = [];
    private string _database = "";
    private string _bucket = "";
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>As of every process; the training takes seconds, and the lease expires in a few.</summary>
    private KeyValuePair<string, string?>[] Settings =>
    [
        .. PlantedSamples.Settings,
        .. StoredSamples.Settings(_minio, _bucket),
        new("Cluster:Postgres", _database),
        new("Cluster:Development", "true"),
        new("Cluster:SiloPort", "0"),
        new("Cluster:GatewayPort", "0"),
        new("Kafka:BootstrapServers", _kafka.Address),
        new("Feeds:Enabled", "false"),
        new("Feeds:LeaseSeconds", "4"),
        new("Retraining:Recipe:Rounds", "150"),
        new("Retraining:Recipe:EarlyStoppingRounds", "150"),
        new("Backup:Store:Path", Path.Combine(_folder.FullName, "reports")),
    ];

    public async ValueTask InitializeAsync()
    {
        _database = await _postgres.NewDatabaseAsync();
        await _kafka.StartAsync();
        _bucket = await _minio.NewBucketAsync();
        var start = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(Days));
        await StoredSamples.WriteAsync(_minio, _bucket, FolderOf("planting"), PlantedSamples.Live(start, Days * PerDay, seed: 3));
        await StartAsync(NodeRole.Silo);
        var gateway = await StartAsync(NodeRole.Gateway);
        _http = new HttpClient { BaseAddress = new Uri(gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Services.GetRequiredService<OperatorKey>().Text);
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
        await _minio.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public string FolderOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Starts a silo that the test stops, or leaves to the end.</summary>
    internal Task<WebApplication> StartSiloAsync() => StartAsync(NodeRole.Silo);

    /// <summary>Starts an optimizer with its data folder; disposing it is a <c>kill -9</c>.</summary>
    internal AgentProgram StartOptimizer(string name) => new(
        FolderOf(name), ["--role", "optimizer", .. Settings.Append(new("Logging:LogLevel:Default", "Information")).SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" })]);

    /// <summary>Asks for a job; its id.</summary>
    public async Task<string> RunAsync(int days)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/optimizer/run", new { strategy = "momentum", days, reason = "a test" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
    }

    public async Task CancelAsync(string id)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/optimizer/jobs/{id}/cancel", new { reason = "a test" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<JsonElement> JobAsync(string id) => (await _http.GetFromJsonAsync<JsonElement>("/api/v1/optimizer", Cancelled))
        .GetProperty("jobs").EnumerateArray().Single(job => job.GetProperty("id").GetString() == id);

    /// <summary>Models and their stages, in order of registration.</summary>
    public async Task<List<JsonElement>> ModelsAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("/api/v1/models", Cancelled)).EnumerateArray().Select(model => model.GetProperty("model"))];

    /// <summary>Takes the oldest files out of the history, as retention does.</summary>
    /// <param name="files">How many.</param>
    /// <returns>Puts them back.</returns>
    public async Task<IAsyncDisposable> WithoutAsync(int files)
    {
        var key = Manifest.KeyOf("features");
        using var store = StoredSamples.Open(_minio, _bucket);
        var all = (await store.ReadBytesAsync(key, Cancelled))!;
        var manifest = Manifest.Read(key, all);
        await store.PutBytesAsync(
            key, (manifest with { Files = [.. manifest.Files.OrderBy(file => file.FirstTime).Skip(files)] }).ToJson(), PutCondition.None, Cancelled);
        return new Restored(async () =>
        {
            using var again = StoredSamples.Open(_minio, _bucket);
            await again.PutBytesAsync(key, all, PutCondition.None, CancellationToken.None);
        });
    }

    private async Task<WebApplication> StartAsync(NodeRole role)
    {
        var app = AgentHost.Build(new AgentSettings
        {
            Role = role,
            Port = 0,
            DataFolder = FolderOf("data"),
            Overrides = [.. Settings, new("Logging:LogLevel:Default", "None")],
        });
        await ClusterHost.MigrateAsync(app, app.Services.GetRequiredService<AgentSettings>(), Cancelled);
        await app.StartAsync(Cancelled);
        _apps.Add(app);
        return app;
    }

    private sealed class Restored(Func<Task> restore) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await restore();
    }
}
