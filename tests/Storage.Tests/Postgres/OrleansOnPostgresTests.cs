using System.Text.Json;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Storage;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>The statements of the migrations, run by the Orleans providers.</summary>
public sealed class OrleansOnPostgresTests(PostgresSilos silos) : IClassFixture<PostgresSilos>
{
    private static readonly DateTime Now = new(2026, 3, 29, 2, 30, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clustering_TwoSilos_SeeEachOtherAndShareTheGrains()
    {
        var hosts = await silos.StartAsync();
        foreach (var host in hosts)
        {
            var members = host.Services.GetRequiredService<IClusterMembershipService>();
            await Eventually.TrueAsync(
                "both silos are active",
                () => Task.FromResult(
                    members.CurrentSnapshot.Members.Values.Count(member => member.Status == SiloStatus.Active) == 2),
                TimeSpan.FromSeconds(10));
        }

        var placed = new HashSet<string>();
        for (var index = 0; index < 100 && placed.Count < 2; index++)
        {
            placed.Add(await Grains(hosts[0]).GetGrain<ICounterGrain>($"placed{index}").SiloAsync());
        }

        Assert.Equal(["one", "two"], placed.Order());
    }

    [Fact]
    public async Task GrainState_WrittenReadAndCleared_IsJsonUnderItsName()
    {
        var hosts = await silos.StartAsync();
        var counter = Grains(hosts[1]).GetGrain<ICounterGrain>("btc");

        Assert.Equal((false, 0), await counter.ReloadAsync());
        Assert.Equal(3, await counter.AddAsync(3));
        Assert.Equal(5, await counter.AddAsync(2));
        Assert.Equal((true, 5), await counter.ReloadAsync());
        var kept = (string?)await ScalarAsync(
            "SELECT json FROM btcagent.grain_state_json "
            + "WHERE service_id = 'service' AND state_name = 'counter' AND key_text = 'btc' AND version = 2");
        Assert.Equal(5, JsonDocument.Parse(kept!).RootElement.GetProperty("Count").GetInt32());

        await counter.ClearAsync();
        Assert.Equal((false, 0), await counter.ReloadAsync());
        Assert.Equal(4, await counter.AddAsync(4));
        Assert.Equal((true, 4), await counter.ReloadAsync());
    }

    [Fact]
    public async Task GrainState_ChangedBehindTheGrain_WriteThrowsAndTheOtherWriteStays()
    {
        var hosts = await silos.StartAsync();
        var counter = Grains(hosts[0]).GetGrain<ICounterGrain>("stale");
        await counter.AddAsync(1);
        await ScalarAsync("UPDATE btcagent.grain_state SET version = 7 WHERE key_text = 'stale'");

        await Assert.ThrowsAsync<InconsistentStateException>(() => counter.AddAsync(1));

        Assert.Equal((true, 1), await counter.ReloadAsync());
        Assert.Equal(2, await counter.AddAsync(1));
        Assert.Equal(8, await ScalarAsync("SELECT version FROM btcagent.grain_state WHERE key_text = 'stale'"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("6")]
    [InlineData("999")]
    public async Task GrainStorage_StaleETag_WriteAndClearThrowAndChangeNothing(string? etag)
    {
        var storage = await StorageAsync();
        var id = GrainId.Create("counter", $"etag{etag}");
        var first = new GrainState<CounterState>(new CounterState { Count = 1 });
        await storage.WriteStateAsync("s", id, first);
        var stale = new GrainState<CounterState>(new CounterState { Count = 2 }) { ETag = etag };

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", id, stale));
        if (etag is not null)
        {
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("s", id, stale));
        }

        var read = new GrainState<CounterState>();
        await storage.ReadStateAsync("s", id, read);
        Assert.Equal((1, "1", true), (read.State!.Count, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task GrainStorage_ManyFirstWritersAtOnce_OneWins()
    {
        var storage = await StorageAsync();
        var id = GrainId.Create("counter", "race");

        var writes = Enumerable.Range(1, 8).Select(async count =>
        {
            try
            {
                var state = new GrainState<CounterState>(new CounterState { Count = count });
                await storage.WriteStateAsync("s", id, state);
                return count;
            }
            catch (InconsistentStateException)
            {
                return 0;
            }
        });
        var winner = Assert.Single(await Task.WhenAll(writes), count => count > 0);

        var read = new GrainState<CounterState>();
        await storage.ReadStateAsync("s", id, read);
        Assert.Equal(winner, read.State!.Count);
    }

    [Fact]
    public async Task GrainStorage_KeysOfAllKinds_AreKeptApart()
    {
        var storage = await StorageAsync();
        var type = GrainType.Create("counter");
        GrainId[] ids =
        [
            GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(5)),
            GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(-5)),
            GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(5, "x")),
            GrainId.Create(type, GrainIdKeyExtensions.CreateGuidKey(new Guid(0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0))),
            GrainId.Create("counter", "x"),
            GrainId.Create("counter", "X"),
            GrainId.Create("counter", "BTC-€:x'%"),
        ];
        for (var index = 0; index < ids.Length; index++)
        {
            var state = new GrainState<CounterState>(new CounterState { Count = index });
            await storage.WriteStateAsync("keys", ids[index], state);
        }

        for (var index = 0; index < ids.Length; index++)
        {
            var read = new GrainState<CounterState>();
            await storage.ReadStateAsync("keys", ids[index], read);
            Assert.Equal((index, "1"), (read.State!.Count, read.ETag));
        }
    }

    [Fact]
    public async Task Reminders_RegisteredByAGrain_AreReadBack()
    {
        var hosts = await silos.StartAsync();
        var counter = Grains(hosts[0]).GetGrain<ICounterGrain>("reminded");
        await counter.RemindAsync("daily", TimeSpan.FromDays(1));
        await counter.RemindAsync("monthly", TimeSpan.FromDays(30));
        await counter.RemindAsync("daily", TimeSpan.FromHours(2));

        Assert.Equal(["daily", "monthly"], await counter.RemindersAsync());
        var period = await ScalarAsync("SELECT period_ms FROM btcagent.reminder WHERE name = 'daily' AND version = 1");
        Assert.Equal(7_200_000L, period);
    }

    [Fact]
    public async Task ReminderTable_RangesOfHashes_GiveWhatTheyHoldAndARemoveNeedsTheETag()
    {
        var table = (await silos.StartAsync())[0].Services.GetRequiredService<IReminderTable>();
        var id = GrainId.Create("counter", "ranged");
        var period = TimeSpan.FromDays(40);
        var etag = await table.UpsertRow(
            new ReminderEntry { GrainId = id, ReminderName = "n", StartAt = Now, Period = period });
        var hash = id.GetUniformHashCode();

        Assert.True(await HoldsAsync(table, id, hash - 1, hash));
        Assert.False(await HoldsAsync(table, id, hash, hash + 1));
        Assert.False(await HoldsAsync(table, id, hash, hash - 1));
        Assert.True(await HoldsAsync(table, id, hash + 1, hash));
        Assert.True(await HoldsAsync(table, id, 0, 0));
        var read = await table.ReadRow(id, "n");
        Assert.Equal((Now, period, etag), (read!.StartAt, read.Period, read.ETag));
        Assert.False(await table.RemoveRow(id, "n", "99"));
        Assert.True(await table.RemoveRow(id, "n", etag!));
        Assert.Null(await table.ReadRow(id, "n"));
    }

    private static async Task<bool> HoldsAsync(IReminderTable table, GrainId id, uint begin, uint end) =>
        (await table.ReadRows(begin, end)).Reminders.Any(reminder => reminder.GrainId == id);

    private async Task<IGrainStorage> StorageAsync() =>
        (await silos.StartAsync())[0].Services.GetRequiredKeyedService<IGrainStorage>("postgres");

    private static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(silos.Database);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
