using BtcAgent.Storage.Embedded;

namespace BtcAgent.Storage.Tests.Embedded;

/// <summary>A store reports that it is not writable until it recovers.</summary>
public sealed class StateProblemTests : IDisposable
{
    private static readonly StateKey Key = new("btcagent", "portfolio", "main");

    private readonly string path = Directory.CreateTempSubdirectory("btcagent-problem-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task Probe_NothingIsWrong_SaysNothing()
    {
        using var folder = DataFolder.Open(path);
        using var store = new StateStore(folder, new EmbeddedStoreOptions(), TimeProvider.System);

        Assert.Null(await store.ProbeAsync());
    }

    [Fact]
    public async Task Probe_StoreIsFull_SaysSoUntilAsMuchAsFailedCanBeWritten()
    {
        using var folder = DataFolder.Open(path);
        using var store = new StateStore(folder, new EmbeddedStoreOptions { StateSizeMaxMb = 1 }, TimeProvider.System);
        var written = await store.WriteAsync(Key, new string('x', 400_000), null);

        await Assert.ThrowsAsync<EmbeddedStoreException>(() => store.WriteAsync(Key, new string('y', 2_000_000), written));

        Assert.Contains("cannot grow", store.Problem);
        Assert.Contains("cannot grow", await store.ProbeAsync());
        Assert.Equal(2, await store.WriteAsync(Key, "{}", written));
        Assert.Null(store.Problem);
    }

    [Fact]
    public async Task Write_SomebodyElseHoldsTheLock_NamesItAndWorksOnceItIsFree()
    {
        using var folder = DataFolder.Open(path);
        using var store = new StateStore(folder, new EmbeddedStoreOptions(), TimeProvider.System);
        using var shell = SqliteFile.OpenWriter(folder.StatePath, Durability.ProcessCrash, 2, "SELECT 1", check: false);
        SqliteFile.Execute(shell, "BEGIN IMMEDIATE");

        var failure = await Assert.ThrowsAsync<EmbeddedStoreException>(() => store.WriteAsync(Key, "{}", null));
        Assert.Contains("another process has kept", failure.Message);
        Assert.Equal(failure.Message, store.Problem);

        SqliteFile.Execute(shell, "ROLLBACK");
        Assert.Equal(1, await store.WriteAsync(Key, "{}", null));
        Assert.Null(store.Problem);
    }

    [Fact]
    public async Task Probe_WritesFailForWhatEverReason_NamesItAndEndsWithIt()
    {
        using var folder = DataFolder.Open(path);
        using var store = new StateStore(folder, new EmbeddedStoreOptions(), TimeProvider.System);
        using var disk = SqliteFile.OpenWriter(folder.StatePath, Durability.ProcessCrash, 2, "SELECT 1", check: false);
        SqliteFile.Execute(disk, "CREATE TRIGGER failing BEFORE INSERT ON state_mark BEGIN SELECT RAISE(ABORT, 'worn out'); END");

        Assert.Contains("worn out", await store.ProbeAsync());
        await Assert.ThrowsAsync<EmbeddedStoreException>(() => store.WriteAsync(Key, "{}", null));
        Assert.Null(store.Read(Key));

        SqliteFile.Execute(disk, "DROP TRIGGER failing");
        Assert.Null(await store.ProbeAsync());
        Assert.Equal(1, await store.WriteAsync(Key, "{}", null));
    }
}
