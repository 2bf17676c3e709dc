using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Training;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Silo.Tests.Backups;

/// <summary>Trade A, back up while trading, trade B, destroy, restore: A is there, B is not, and trading resumes.</summary>
public sealed class RestoreDrillTests : IDisposable
{
    private static readonly TimeSpan FillMax = TimeSpan.FromSeconds(90);

    private static readonly KeyValuePair<string, string?>[] Settings =
        [.. RunningAgent.Restless, new("StarterModel:Enabled", "false"), new("Agent:UnprovenModelsTrade", "true")];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("btcagent-drill-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Restore_AfterTheFolderWasDestroyed_HasTheBackupsInstantAndTradesAgain()
    {
        var key = BackupKey.Parse("correct horse battery staple");
        using var store = new FolderObjectStore(Path.Combine(_root.FullName, "store"));
        var archive = new BackupArchive(store, key, _root.FullName, TimeProvider.System);
        string[] ordersA, ordersB;
        int fillsA, fillsAfterBackup;
        string models;
        CreatedBackup backup;
        await using (var agent = await RunningAgent.StartAsync(Data, Settings))
        {
            Assert.Equal(Path.Combine(Data, "backups"), (await agent.GetAsync("/api/v1/status")).GetProperty("backup").GetProperty("place").GetString()!.Trim('\''));
            await UploadAsync(agent);
            await FillsAsync(agent, 1);
            fillsA = await FillsAsync(agent);
            ordersA = await OrdersAsync(agent);
            models = await ModelsAsync(agent);

            backup = await archive.CreateAsync(Data, Cancelled);

            fillsAfterBackup = await FillsAsync(agent);
            var known = await OrdersAsync(agent);
            await Eventually.TrueAsync("a trade after the backup", async () => (await OrdersAsync(agent)).Except(known).Any(), FillMax);
            ordersB = [.. (await OrdersAsync(agent)).Except(known)];
            await FillsAsync(agent, fillsAfterBackup + 1);
        }

        Directory.Delete(Data, recursive: true);
        var restore = new BackupRestore(archive, TimeProvider.System);
        await restore.RestoreAsync(backup.Contents.Name, Data, force: false, Cancelled);
        var second = Path.Combine(_root.FullName, "second");
        await restore.RestoreAsync(backup.Contents.Name, second, force: false, Cancelled);
        Assert.Equal(Rows(second), Rows(Data));
        var ledger = JsonDocument.Parse(Rows(second)["portfolio/main"]).RootElement.GetProperty("Ledger");
        Assert.InRange(ledger.GetProperty("FillCount").GetInt32(), fillsA, fillsAfterBackup);

        await using var restored = await RunningAgent.StartAsync(Data, Settings);
        var breaker = (await restored.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main");
        Assert.Equal("halted", breaker.GetProperty("mode").GetString());
        Assert.StartsWith("the start: the state was restored from the backup of ", breaker.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var portfolio = (await restored.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio");
        // An order that was in flight at the instant may fill now, as after any restart.
        Assert.InRange(portfolio.GetProperty("fillCount").GetInt32() - ledger.GetProperty("FillCount").GetInt32(), 0, 1);
        var orders = await OrdersAsync(restored);
        Assert.Subset(orders.ToHashSet(StringComparer.Ordinal), ordersA.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(ordersB.Intersect(orders));
        Assert.Equal(models, await ModelsAsync(restored));

        var fills = await FillsAsync(restored);
        using var resumed = await restored.Http.PostAsJsonAsync("/api/v1/control/resume", new { reason = "compared" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        await FillsAsync(restored, fills + 1);
    }

    private static async Task UploadAsync(RunningAgent agent)
    {
        var artefact = StarterTrainer.Train(
            InstrumentId.Parse("BINANCE:BTCUSDT"), new FeatureOptions(), new SimulatorOptions(), new StarterOptions { HistoryMinutes = 60 },
            (_, _) => { }, Cancelled);
        using var body = new ByteArrayContent(artefact.ToZip());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var answer = await agent.Http.PostAsync("/api/v1/models?strategy=momentum", body, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task FillsAsync(RunningAgent agent, int atLeast) => await Eventually.TrueAsync(
        $"{atLeast} fills", async () => await FillsAsync(agent) >= atLeast, FillMax);

    private static async Task<int> FillsAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32();

    /// <summary>Client order ids, newest first.</summary>
    private static async Task<string[]> OrdersAsync(RunningAgent agent) =>
        [.. (await agent.GetAsync("/api/v1/orders?limit=500")).EnumerateArray().Select(order => order.GetProperty("intent").GetProperty("clientOrderId").ToString())];

    /// <summary>Every model with its stage and history, without counters of the run.</summary>
    private static async Task<string> ModelsAsync(RunningAgent agent) => string.Join(
        "\n", (await agent.GetAsync("/api/v1/models")).EnumerateArray().Select(view => view.GetProperty("model").ToString()));

    private static SortedDictionary<string, string> Rows(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "state.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT state_name || '/' || grain_key, payload FROM grain_state WHERE payload IS NOT NULL";
        using var row = command.ExecuteReader();
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (row.Read())
        {
            rows[row.GetString(0)] = row.GetString(1);
        }

        return rows;
    }
}
