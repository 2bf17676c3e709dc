using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using static BtcAgent.Storage.Tests.Postgres.JournalRig;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>Outages of PostgreSQL, on a separate server that the tests kill.</summary>
public sealed class PostgresJournalOutageTests(PostgresServer own) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAppend_ServerKilledAndStartedAgain_LosesNothingThatWasTaken()
    {
        await using var journal = Open(await MigratedAsync(own), queueMax: 100, batchMax: 10);
        Assert.True(journal.TryAppend(Entry(0)));
        await journal.FlushAsync();
        Assert.NotNull(await journal.FindAsync("d0", Token));

        await own.StopAsync(immediate: true);
        var taken = Enumerable.Range(1, 300).Where(index => journal.TryAppend(Entry(index))).ToList();
        var away = await Assert.ThrowsAsync<PostgresStoreException>(() => journal.FindAsync("d0", Token));
        await own.StartAsync();
        await journal.FlushAsync().WaitAsync(Patience, Token);

        Assert.Contains($"127.0.0.1:{own.Port} does not answer", away.Message);
        Assert.InRange(taken.Count, 100, 110);
        Assert.Equal(300, taken.Count + journal.Dropped);
        Assert.Equal(
            taken.Prepend(0).Reverse().Select(index => $"d{index}"),
            (await journal.ListAsync(null, null, 1000, Token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task TryAppend_ServerRestartedWhileIdle_IsKeptAndRead()
    {
        await using var journal = Open(await MigratedAsync(own));
        journal.TryAppend(Entry(1));
        await journal.FlushAsync();
        await own.StopAsync();
        await own.StartAsync();

        Assert.Equal(Entry(1), await journal.FindAsync("d1", Token));
        await own.StopAsync(immediate: true);
        await own.StartAsync();
        journal.TryAppend(Entry(2));
        await journal.FlushAsync().WaitAsync(Patience, Token);

        Assert.Equal(2, (await journal.ListAsync(null, null, 9, Token)).Count);
        Assert.Equal(0, journal.Dropped);
    }
}
