using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using static BtcAgent.Storage.Tests.Postgres.JournalRig;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>Outages of PostgreSQL, on a separate server that the tests kill.</summary>
public sealed class PostgresJournalOutageTests(PostgresServer own) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_ServerKilledAndStartedAgain_RefusesMeanwhileAndStoresAfterwards()
    {
        await using var journal = Open(await MigratedAsync(own));
        await journal.StoreAsync([Entry(0)], Place(0, 1), Token);

        await own.StopAsync(immediate: true);
        var away = await Assert.ThrowsAsync<PostgresStoreException>(() => journal.FindAsync("d0", Token));
        await Assert.ThrowsAsync<PostgresStoreException>(() => journal.StoreAsync([Entry(1)], Place(1, 2), Token));
        await own.StartAsync();
        var next = await NextAsync(journal);
        await journal.StoreAsync([Entry(1)], Place(1, 2), Token);

        Assert.Contains($"127.0.0.1:{own.Port} does not answer", away.Message);
        Assert.Equal(1, next);
        Assert.Equal([Entry(1), Entry(0)], await journal.ListAsync(null, null, 9, Token));
    }

    [Fact]
    public async Task Find_ServerRestartedWhileIdle_IsRead()
    {
        await using var journal = Open(await MigratedAsync(own));
        await journal.StoreAsync([Entry(1)], Place(0, 1), Token);
        await own.StopAsync();
        await own.StartAsync();

        Assert.Equal(Entry(1), await journal.FindAsync("d1", Token));
    }
}
