using System.Net;
using System.Net.Http.Json;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Storage;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The data folder fails, recovers, or has changed.</summary>
public sealed class StoreTests : IDisposable
{
    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(30);

    private static readonly string[] Pages =
    [
        "status", "instruments/BINANCE:BTCUSDT?bars=180&depth=10", "portfolios/main?equity=true", "orders?limit=100", "decisions?limit=40", "models",
    ];

    private static readonly KeyValuePair<string, string?>[] Settings = [.. RunningAgent.Restless, new("Agent:Limits:CoolOffMinutes", "0")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-store-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string StatePath => Path.Combine(_folder.FullName, "state.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_StoreTakesNothing_IsNotReadyReducesAnswersAndComesBack()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, Settings);
        await Eventually.TrueAsync("ready", async () => await ReadyAsync(agent) == HttpStatusCode.OK, NoticeMax);

        Execute("CREATE TRIGGER full BEFORE INSERT ON state_mark BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        await Eventually.TrueAsync("not ready", async () => await ReadyAsync(agent) == HttpStatusCode.ServiceUnavailable, NoticeMax);
        await Eventually.TrueAsync("reducing", async () => (await BreakerAsync(agent)).Mode == "reducing", NoticeMax);
        Assert.Contains(SystemCodes.StoreUnwritable, await TrippedAsync(agent));
        Assert.Contains("disk full", (await agent.GetAsync("/api/v1/status")).GetProperty("storeProblem").GetString(), StringComparison.Ordinal);
        foreach (var page in Pages)
        {
            await agent.GetAsync($"/api/v1/{page}");
        }

        Execute("DROP TRIGGER full");

        await Eventually.TrueAsync("ready again", async () => await ReadyAsync(agent) == HttpStatusCode.OK, NoticeMax);
        await Eventually.TrueAsync("active again", async () => (await BreakerAsync(agent)).Mode == "active", NoticeMax);
        var fills = await FillsAsync(agent);
        await Eventually.TrueAsync("another fill", async () => await FillsAsync(agent) > fills, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Start_StateDeletedOfAHaltedAgent_RefusesAndStartsHaltedOnceAccepted()
    {
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, Settings))
        {
            await Eventually.TrueAsync("a fill", async () => await FillsAsync(agent) > 0, TimeSpan.FromSeconds(60));
            Assert.True((await agent.Http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "by hand" }, Cancelled)).IsSuccessStatusCode);
        }

        File.Delete(StatePath);
        var said = Assert.Throws<EmbeddedStoreException>(() => AgentHost.Build(New())).Message;
        Assert.Equal(said, StartupProblems.Explain(new InvalidOperationException("outer", new EmbeddedStoreException(said))));
        var code = said.Split("--accept-state ")[1].Split(':')[0];

        await using var accepted = await RunningAgent.StartAsync(_folder.FullName, [.. Settings, new("Store:AcceptState", code)]);
        var (mode, reason) = await BreakerAsync(accepted);
        Assert.Equal("halted", mode);
        Assert.Contains(code, reason, StringComparison.Ordinal);
        Assert.Equal(0, await FillsAsync(accepted));
    }

    [Fact]
    public async Task Start_PortfolioCannotBeRead_IsNotReadyAndHaltsUntilResumed()
    {
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, Settings))
        {
            await Eventually.TrueAsync("a fill", async () => await FillsAsync(agent) > 0, TimeSpan.FromSeconds(60));
        }

        await SpoilAsync(new StateKey("default", GrainStateNames.Portfolio, "main"));
        await using var spoilt = await RunningAgent.StartAsync(_folder.FullName, Settings);
        await Eventually.TrueAsync("tripped", async () => (await TrippedAsync(spoilt)).Contains(SystemCodes.GrainUnavailable), NoticeMax);
        await Eventually.TrueAsync("halted", async () => (await BreakerAsync(spoilt)).Mode == "halted", NoticeMax);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(spoilt));
        Assert.Contains("not a PortfolioGrainState", Assert.Single(spoilt.Services.GetRequiredService<ActivationFailures>().Stopped).Value, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ReadyAsync(RunningAgent agent)
    {
        using var answer = await agent.Http.GetAsync("/health/ready", Cancelled);
        return answer.StatusCode;
    }

    private static async Task<string[]> TrippedAsync(RunningAgent agent) =>
        [.. (await agent.GetAsync("/api/v1/status")).GetProperty("tripped").GetProperty("main").EnumerateArray().Select(code => code.GetString()!)];

    private static async Task<(string Mode, string Reason)> BreakerAsync(RunningAgent agent)
    {
        var breaker = (await agent.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main");
        return (breaker.GetProperty("mode").GetString()!, breaker.GetProperty("reason").GetString()!);
    }

    private static async Task<int> FillsAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();

    private AgentSettings New() => new() { Port = 0, DataFolder = _folder.FullName, Overrides = [.. Settings] };

    /// <summary>Through the store, as a defect would, so that the digest does not reveal the edit.</summary>
    private async Task SpoilAsync(StateKey key)
    {
        using var folder = DataFolder.Open(_folder.FullName);
        var options = new EmbeddedStoreOptions();
        using var state = new StateStore(folder, options, TimeProvider.System);
        await using var journal = new Journal(folder, options, Microsoft.Extensions.Logging.Abstractions.NullLogger<Journal>.Instance);
        _ = new StateGuard(folder, state, journal, options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<StateGuard>.Instance);
        var row = state.Read(key) ?? throw new InvalidOperationException($"{key} was never written");
        await state.WriteAsync(key, """{"Ledger":{"Portfolio":7}}""", row.ETag);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={StatePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
