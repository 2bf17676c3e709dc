using System.Globalization;
using BtcAgent.Testing;
using Npgsql;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>The ways to restore a cluster's database that <c>docs/recovery.md</c> describes, on a real server.</summary>
public sealed class PostgresRecoveryTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new() { Archives = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task PointInTime_BetweenTwoTrades_HasTheFirstOnly()
    {
        var database = await JournalRig.MigratedAsync(_server);
        await TradeAsync(database, 0);
        await _server.BaseBackupAsync("base");
        await TradeAsync(database, 1);
        var instant = (string)(await ScalarAsync(database, "SELECT clock_timestamp()::text"))!;
        await TradeAsync(database, 2);
        var segment = (string)(await ScalarAsync(database, "SELECT pg_walfile_name(pg_switch_wal())"))!;
        await Eventually.TrueAsync(
            $"{segment} is archived",
            async () => string.CompareOrdinal((string)(await ScalarAsync(database, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"))!, segment) >= 0,
            TimeSpan.FromSeconds(60));
        NpgsqlConnection.ClearAllPools();

        await _server.RestoreAsync("base", instant);
        await Eventually.TrueAsync(
            "the recovery ends", async () => await ScalarAsync(database, "SELECT pg_is_in_recovery()") is false, TimeSpan.FromSeconds(60));

        Assert.Equal("d0 d1", await TradesAsync(database));
        Assert.Equal("0 1", await LedgersAsync(database));
        Assert.Equal(0, await JournalRig.MigrateAsync(database));
        await TradeAsync(database, 3);
        Assert.Equal("d0 d1 d3", await TradesAsync(database));
    }

    [Fact]
    public async Task Dump_RestoredIntoANewDatabase_HasTheStateOfItsInstant()
    {
        var database = await JournalRig.MigratedAsync(_server);
        await TradeAsync(database, 0);
        var file = _server.PathOf("btcagent.dump");
        await _server.RunAsync("pg_dump", database, ["--format=custom", "--schema=btcagent", $"--file={file}"]);
        await TradeAsync(database, 1);

        var restored = await _server.NewDatabaseAsync();
        await _server.RunAsync("pg_restore", restored, ["--exit-on-error", "--single-transaction", file]);

        Assert.Equal(("d0", "0"), (await TradesAsync(restored), await LedgersAsync(restored)));
        Assert.Equal(0, await JournalRig.MigrateAsync(restored));
        await TradeAsync(restored, 2);
        Assert.Equal("d0 d2", await TradesAsync(restored));
    }

    /// <summary>A decision in the journal and a row of state.</summary>
    private static async Task TradeAsync(string database, int number)
    {
        await using (var journal = JournalRig.Open(database))
        {
            await journal.StoreAsync([JournalRig.Entry(number)], JournalRig.Place(0, 1, partition: number), CancellationToken.None);
        }

        await ScalarAsync(database, string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO btcagent.grain_state VALUES ('btcagent', 'portfolio', 0, 0, '{number}', 0, 1, now(), '{{}}')"));
    }

    private static async Task<string> TradesAsync(string database) =>
        (string)(await ScalarAsync(database, "SELECT string_agg(id, ' ' ORDER BY id) FROM btcagent.decisions"))!;

    private static async Task<string> LedgersAsync(string database) =>
        (string)(await ScalarAsync(database, "SELECT string_agg(key_text, ' ' ORDER BY key_text) FROM btcagent.grain_state"))!;

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
