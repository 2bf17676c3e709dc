using System.Net;
using System.Net.Sockets;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static BtcAgent.Storage.Tests.Postgres.JournalRig;

namespace BtcAgent.Storage.Tests.Postgres;

public sealed class PostgresJournalTests(PostgresServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ByKindAndPortfolio_GivesNewestFirst()
    {
        await using var journal = Open(await MigratedAsync(server), batchMax: 7);
        for (var index = 0; index < 30; index++)
        {
            Assert.True(journal.TryAppend(Entry(index)));
        }

        await journal.FlushAsync();

        Assert.Equal(Entry(29), await journal.FindAsync("d29", Token));
        Assert.Null(await journal.FindAsync("d30", Token));
        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(Entry), await journal.ListAsync(null, null, 100, Token));
        Assert.Equal(["d28", "d26"], (await journal.ListAsync("decision", "p0", 2, Token)).Select(entry => entry.Id));
        Assert.Empty(await journal.ListAsync("other", null, 2, Token));
    }

    [Fact]
    public async Task TryAppend_SameIdAgain_KeepsTheFirstAndCountsTheRest()
    {
        await using var journal = Open(await MigratedAsync(server));
        journal.TryAppend(Entry(1));
        journal.TryAppend(Entry(1) with { Kind = "second" });
        await journal.FlushAsync();
        journal.TryAppend(Entry(1) with { Kind = "third" });
        journal.TryAppend(Entry(2));
        await journal.FlushAsync();

        Assert.Equal(2, journal.Duplicates);
        Assert.Equal([Entry(2), Entry(1)], await journal.ListAsync(null, null, 9, Token));
        Assert.Equal(0, journal.Dropped);
    }

    [Theory]
    [InlineData("d1", "{ not json", "22P02")]
    [InlineData("d\0", "{}", "22021")]
    [InlineData("d(half a surrogate)", "{}", "Unicode")]
    public async Task Flush_AnEntryTheServerCannotKeep_ThrowsOnceAndKeepsTheOthers(
        string id, string json, string expected)
    {
        await using var journal = Open(await MigratedAsync(server));
        journal.TryAppend(Entry(0));
        // An attribute cannot hold it.
        var unfit = id.Replace("(half a surrogate)", "\ud800");
        journal.TryAppend(Entry(1) with { Id = unfit, Json = json });
        journal.TryAppend(Entry(2));

        var error = await Assert.ThrowsAsync<PostgresStoreException>(journal.FlushAsync);

        Assert.Contains(expected, error.Message);
        Assert.Equal(1, journal.Dropped);
        Assert.Equal([Entry(2), Entry(0)], await journal.ListAsync(null, null, 9, Token));
        await journal.FlushAsync();
    }

    [Fact]
    public async Task TryAppend_BeforeTheSchemaIsThere_IsKeptOnceItIs()
    {
        var database = await server.NewDatabaseAsync();
        await using var journal = Open(database);
        journal.TryAppend(Entry(1));
        var lacking = await Assert.ThrowsAsync<PostgresStoreException>(() => journal.FindAsync("d1", Token));

        await MigrateAsync(database);
        await journal.FlushAsync().WaitAsync(Patience, Token);

        Assert.Contains("run the migrations", lacking.Message);
        Assert.Equal(Entry(1), await journal.FindAsync("d1", Token));
    }

    [Fact]
    public async Task Dispose_EntriesWaiting_WritesThem()
    {
        var database = await MigratedAsync(server);
        var journal = Open(database, batchMax: 50);
        for (var index = 0; index < 2_000; index++)
        {
            Assert.True(journal.TryAppend(Entry(index)));
        }

        await journal.DisposeAsync();

        Assert.False(journal.TryAppend(Entry(2_000)));
        Assert.Equal(1, journal.Dropped);
        await using var source = NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand("SELECT count(*) FROM btcagent.decisions");
        Assert.Equal(2_000L, await count.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Dispose_ServerThatNeverAnswers_GivesUpAfterItsLimitAndCountsTheLoss()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var time = new FakeTimeProvider();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var journal = Open($"Host=127.0.0.1;Port={port};Username=u;Database=d", batchMax: 2, time: time);
        for (var index = 0; index < 5; index++)
        {
            journal.TryAppend(Entry(index));
        }

        using var connected = await silent.AcceptTcpClientAsync(Token);
        var flush = journal.FlushAsync();
        var closing = journal.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));

        // Before the driver's own limit for a connection, 5 s.
        await closing.WaitAsync(TimeSpan.FromSeconds(3), Token);

        Assert.Equal(5, journal.Dropped);
        var error = await Assert.ThrowsAsync<PostgresStoreException>(() => flush);
        Assert.Contains("closed before PostgreSQL accepted them", error.Message);
    }
}
