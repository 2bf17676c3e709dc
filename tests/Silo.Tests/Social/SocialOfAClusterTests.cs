using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>A silo and a gateway on PostgreSQL and Kafka, readers of posts as processes, and one X for both.</summary>
public sealed class SocialOfAClusterTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-readers-");
    private readonly PostgresServer _postgres = new();
    private readonly KafkaBroker _kafka = new();
    private readonly SimulatedX _x = new(new SimulatedXOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    private readonly List<WebApplication> _apps = [];
    private string _database = "";
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private KeyValuePair<string, string?>[] Settings =>
    [
        new("Cluster:Postgres", _database),
        new("Cluster:Development", "true"),
        new("Cluster:SiloPort", "0"),
        new("Cluster:GatewayPort", "0"),
        new("Kafka:BootstrapServers", _kafka.Address),
        new("Feeds:Enabled", "false"),
        new("Feeds:LeaseSeconds", "4"),
    ];

    public async ValueTask InitializeAsync()
    {
        _database = await _postgres.NewDatabaseAsync();
        await _kafka.StartAsync();
        await _x.StartAsync(marketReturn: null, Cancelled);
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

        await _x.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Reader_Killed_AnotherContinuesWithoutLossOrDouble()
    {
        var expected = new List<string>();
        string? reader;
        using (var first = StartReader("first"))
        {
            await Eventually.TrueAsync("a reader", IsAliveAsync, Patience, () => first.Said);
            reader = await ReaderAsync();
            Publish(expected, 5, _x.Publish);
            await Eventually.TrueAsync("the first posts", async () => (await IdsAsync()).Count == 5, Patience, () => first.Said);
        }

        Publish(expected, 5, _x.PublishUnstreamed);
        using var second = StartReader("second");
        await Eventually.TrueAsync("another reader", async () => await ReaderAsync() is { } name && name != reader && await IsAliveAsync(), Patience, () => second.Said);
        Publish(expected, 5, _x.Publish);
        await Eventually.TrueAsync("all posts", async () => (await IdsAsync()).Count >= expected.Count, Patience, () => second.Said);

        Assert.Equal(expected.Order(), (await IdsAsync()).Order());
        var sentiment = await _http.GetFromJsonAsync<JsonElement>("/api/v1/social/sentiment", Cancelled);
        Assert.Equal(expected.Count, sentiment.GetProperty("posts").GetInt64());
        var budget = (await _http.GetFromJsonAsync<JsonElement>("/api/v1/social/budget", Cancelled)).GetProperty("budget");
        Assert.True(budget.GetProperty("day").GetProperty("reads").GetInt64() >= _x.Meter.Reads, "the spending of the first reader is forgotten");
        Assert.False(budget.GetProperty("isSimulated").GetBoolean());
    }

    private static void Publish(List<string> expected, int count, Func<SyntheticPost, long> publish)
    {
        for (var i = 0; i < count; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            var author = new SyntheticAuthor("77", "synthetic_77", now.AddDays(-900), 5_000, 400);
            expected.Add($"{publish(new SyntheticPost(now, author, $"bitcoin rises, number {expected.Count}", "en", PostKind.Opinion, PostTone.Good))}");
        }
    }

    private async Task<bool> IsAliveAsync() => (await SourcesAsync()).GetProperty("sources").EnumerateArray().Any(source => source.GetProperty("isAlive").GetBoolean());

    private async Task<string?> ReaderAsync() => Text(await SourcesAsync(), "reader");

    private Task<JsonElement> SourcesAsync() => _http.GetFromJsonAsync<JsonElement>("/api/v1/social/sources", Cancelled);

    private async Task<List<string>> IdsAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("/api/v1/social/posts?limit=200", Cancelled)).EnumerateArray().Select(post => Text(post, "id")!)];

    /// <summary>Disposing it is a <c>kill -9</c>.</summary>
    private AgentProgram StartReader(string name) => new(Path.Combine(_folder.FullName, name),
    [
        "--role", "social",
        .. Settings.Concat(
        [
            new("Social:Source", "X"), new("Social:X:BaseAddress", $"{_x.Address}"), new("Social:X:BearerToken", "simulated"), new("Social:X:SearchDelaySeconds", "1"),
        ]).SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" }),
    ]);

    private async Task<WebApplication> StartAsync(NodeRole role)
    {
        var app = AgentHost.Build(new AgentSettings
        {
            Role = role,
            Port = 0,
            DataFolder = Path.Combine(_folder.FullName, "data"),
            Overrides = [.. Settings, new("Logging:LogLevel:Default", "None")],
        });
        await ClusterHost.MigrateAsync(app, app.Services.GetRequiredService<AgentSettings>(), Cancelled);
        await app.StartAsync(Cancelled);
        _apps.Add(app);
        return app;
    }
}
