using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Alerts;

/// <summary>Two silos and a gateway on PostgreSQL and Kafka: one silo notifies, and the other one after it.</summary>
public sealed class AlertsOfAClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-alerts-");
    private readonly PostgresServer _postgres = new();
    private readonly KafkaBroker _kafka = new();
    private HttpReceiver _receiver = null!;
    private string _database = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await HttpReceiver.StartAsync();
        _database = await _postgres.NewDatabaseAsync();
        await _kafka.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Halt_ThenTheNotifierStopsThenResume_IsNotifiedOnceEach()
    {
        await using var first = await StartAsync(NodeRole.Silo);
        await ReceivedAsync("AgentStarted", "firing", 1); // The first silo holds the lease.
        await using var second = await StartAsync(NodeRole.Silo);
        await using var gateway = await StartAsync(NodeRole.Gateway);
        await ReceivedAsync("AgentStarted", "firing", 3);

        using var http = Client(gateway);
        await CommandAsync(http, "/api/v1/control/halt", "planned by a test");
        await ReceivedAsync("BreakerTripped", "firing", 1);

        await first.StopAsync(Cancelled);
        await CommandAsync(http, "/api/v1/control/resume", "the test continues");
        await ReceivedAsync("BreakerTripped", "resolved", 1);
        var list = await http.GetFromJsonAsync<JsonElement>("/api/v1/alerts", Cancelled);
        Assert.Equal("hook", Assert.Single(list.GetProperty("channels").EnumerateArray()).GetProperty("name").GetString());
        await gateway.StopAsync(Cancelled);
        await second.StopAsync(Cancelled);
    }

    private async Task<WebApplication> StartAsync(NodeRole role)
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, "planted-secret-of-the-webhook", Cancelled);
        var app = AgentHost.Build(new AgentSettings
        {
            Role = role,
            Port = 0,
            DataFolder = Path.Combine(_folder.FullName, "data"),
            Overrides =
            [
                new("Cluster:Postgres", _database),
                new("Cluster:Development", "true"),
                new("Cluster:SiloPort", "0"),
                new("Cluster:GatewayPort", "0"),
                new("Kafka:BootstrapServers", _kafka.Address),
                new("Alerts:Channels:hook:Webhook:Url", $"{_receiver.Url}/hook"),
                new("Alerts:Channels:hook:Webhook:SecretFile", secret),
                new("Alerts:Channels:hook:MinSeverity", "info"),
                new("Alerts:GroupWaitSeconds", "0"),
                new("Alerts:GroupIntervalSeconds", "1"),
                new("Alerts:Rules:FeedDeadSeconds", "3600"),
                new("Alerts:Rules:AgentUnavailableSeconds", "3600"),
                new("Logging:LogLevel:Default", "None"),
            ],
        });
        await ClusterHost.MigrateAsync(app, app.Services.GetRequiredService<AgentSettings>(), Cancelled);
        await app.StartAsync(Cancelled);
        return app;
    }

    private static HttpClient Client(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Services.GetRequiredService<OperatorKey>().Text);
        return http;
    }

    private static async Task CommandAsync(HttpClient http, string path, string reason)
    {
        using var answer = await http.PostAsJsonAsync(path, new { reason }, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancelled)}");
    }

    private IEnumerable<JsonElement> Messages() =>
        _receiver.Requests.Select(request => request.Json).Where(message => message.GetProperty("kind").GetString() != "probe");

    private Task ReceivedAsync(string rule, string kind, int count) => Eventually.TrueAsync(
        $"{count} of {rule} {kind}",
        () => Task.FromResult(count == Messages().Where(message => message.GetProperty("kind").GetString() == kind)
            .SelectMany(message => message.GetProperty("alerts").EnumerateArray())
            .Where(alert => alert.GetProperty("name").GetString() == rule)
            .DistinctBy(alert => alert.GetProperty("id").GetString()).Count()),
        Soon,
        () => string.Join("; ", _receiver.Requests.Select(request => request.Body)));
}
