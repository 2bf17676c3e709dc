using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Npgsql;
using static BtcAgent.Storage.Tests.Postgres.JournalRig;

namespace BtcAgent.Storage.Tests.Postgres;

public sealed class PostgresJournalTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ByKindAndPortfolio_GivesNewestFirst()
    {
        await using var journal = Open(await MigratedAsync(server));
        for (var index = 0; index < 30; index += 5)
        {
            await journal.StoreAsync([.. Enumerable.Range(index, 5).Select(Entry)], Place(index, index + 5), Token);
        }

        Assert.Equal(Entry(29), await journal.FindAsync("d29", Token));
        Assert.Null(await journal.FindAsync("d30", Token));
        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(Entry), await journal.ListAsync(null, null, 100, Token));
        Assert.Equal(["d28", "d26"], (await journal.ListAsync("decision", "p0", 2, Token)).Select(entry => entry.Id));
        Assert.Empty(await journal.ListAsync("other", null, 2, Token));
    }

    [Fact]
    public async Task Next_AfterEntries_IsThePlaceOfThatPartition()
    {
        var database = await MigratedAsync(server);
        await using (var journal = Open(database))
        {
            Assert.Null(await NextAsync(journal));
            await journal.StoreAsync([Entry(0)], Place(0, 7), Token);
            await journal.StoreAsync([], Place(7, 9), Token);
            await journal.StoreAsync([], Place(100, 101, partition: 1), Token);
        }

        await using var again = Open(database);
        Assert.Equal(9, await NextAsync(again));
        Assert.Equal(101, await NextAsync(again, partition: 1));
    }

    [Fact]
    public async Task Store_SameIdAgain_KeepsTheFirst()
    {
        await using var journal = Open(await MigratedAsync(server));
        await journal.StoreAsync([Entry(1), Entry(1) with { Kind = "second" }], Place(0, 2), Token);
        await journal.StoreAsync([Entry(1) with { Kind = "third" }, Entry(2)], Place(2, 4), Token);

        Assert.Equal([Entry(2), Entry(1)], await journal.ListAsync(null, null, 9, Token));
    }

    [Fact]
    public async Task Store_TwoProcessesFromOnePlace_StoresOneAndRefusesTheOther()
    {
        var database = await MigratedAsync(server);
        await using var one = Open(database);
        await using var other = Open(database);
        await one.StoreAsync([Entry(0)], Place(0, 1), Token);

        var outcomes = await Task.WhenAll(new[] { one, other }.Select((journal, index) => Outcome(journal, index + 1)));

        var refused = Assert.Single(outcomes, outcome => outcome is not null);
        Assert.Contains("is no longer 1", refused);
        Assert.Equal(2, (await one.ListAsync(null, null, 9, Token)).Count);
        Assert.Equal(2, await NextAsync(one));

        static async Task<string?> Outcome(PostgresJournal journal, int index)
        {
            try
            {
                await journal.StoreAsync([Entry(index)], Place(1, 2), Token);
                return null;
            }
            catch (PostgresStoreException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public async Task Store_AnEntryTheServerCannotKeep_StoresNeitherEntriesNorPlace()
    {
        await using var journal = Open(await MigratedAsync(server));

        var error = await Assert.ThrowsAsync<PostgresStoreException>(
            () => journal.StoreAsync([Entry(0), Entry(1) with { Json = "{ not json" }], Place(0, 2), Token));

        Assert.Contains("22P02", error.Message);
        Assert.Empty(await journal.ListAsync(null, null, 9, Token));
        Assert.Null(await NextAsync(journal));
    }

    [Fact]
    public async Task Store_BeforeTheSchemaIsThere_NamesTheMigrations()
    {
        var database = await server.NewDatabaseAsync();
        await using var journal = Open(database);

        var lacking = await Assert.ThrowsAsync<PostgresStoreException>(() => journal.StoreAsync([Entry(1)], Place(0, 1), Token));

        Assert.Contains("run the migrations", lacking.Message);
        await MigrateAsync(database);
        await journal.StoreAsync([Entry(1)], Place(0, 1), Token);
        Assert.Equal(Entry(1), await journal.FindAsync("d1", Token));
    }

    [Fact]
    public async Task Store_ConnectionCutBeforeTheCommit_StoresNothing()
    {
        var database = await MigratedAsync(server);
        await using var journal = Open(database);
        await journal.StoreAsync([Entry(0)], Place(0, 1), Token);
        await using var source = NpgsqlDataSource.Create(database);
        await using var holder = await source.OpenConnectionAsync(Token);
        await using var transaction = await holder.BeginTransactionAsync(Token);
        await using (var taken = new NpgsqlCommand("LOCK TABLE btcagent.journal_places IN EXCLUSIVE MODE", holder))
        {
            await taken.ExecuteNonQueryAsync(Token);
        }

        // The entries are inserted, the place waits for the lock.
        var storing = journal.StoreAsync([Entry(1)], Place(1, 2), Token);
        await Eventually.TrueAsync("the writer waits", async () => await CutWaitingAsync(source) > 0, TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<PostgresStoreException>(() => storing);
        await transaction.RollbackAsync(Token);

        Assert.Equal([Entry(0)], await journal.ListAsync(null, null, 9, Token));
        Assert.Equal(1, await NextAsync(journal));
    }

    private static async Task<long> CutWaitingAsync(NpgsqlDataSource source)
    {
        await using var cut = source.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        return (long)(await cut.ExecuteScalarAsync(Token))!;
    }
}
