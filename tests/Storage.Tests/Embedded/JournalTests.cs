using BtcAgent.Storage.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class JournalTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("btcagent-journal-").FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task List_ByInstrument_GivesNewestFirstWithinTheCap()
    {
        using var folder = DataFolder.Open(path);
        var options = new EmbeddedStoreOptions { JournalRowsMax = 10 };
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        for (var index = 0; index < 30; index++)
        {
            Assert.True(journal.TryAppend(Entry(index)));
        }

        await journal.FlushAsync();
        var token = TestContext.Current.CancellationToken;
        Assert.Null(await journal.FindAsync("d0", token));
        Assert.Equal(Entry(29), await journal.FindAsync("d29", token));
        Assert.Equal(10, (await journal.ListAsync(null, null, 100, token)).Count);
        Assert.Equal(["d28", "d26"], (await journal.ListAsync("decision", "p0", 2, token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task TryAppend_MoreThanTheQueueHolds_AccountsForEveryEntry()
    {
        using var folder = DataFolder.Open(path);
        var options = new EmbeddedStoreOptions { JournalQueueMax = 4 };
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        var taken = Enumerable.Range(0, 20_000).Count(index => journal.TryAppend(Entry(index)));
        await journal.FlushAsync();

        Assert.True(journal.Dropped > 0);
        Assert.Equal(20_000, taken + journal.Dropped);
        Assert.Equal(taken, (await journal.ListAsync(null, null, 20_000, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Flush_EntriesCouldNotBeKept_ThrowsOnceAndCountsThem()
    {
        using var folder = DataFolder.Open(path);
        await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
        using var disk = SqliteFile.OpenWriter(folder.JournalPath, Durability.ProcessCrash, 1, "SELECT 1", check: false);
        SqliteFile.Execute(disk, "CREATE TRIGGER failing BEFORE INSERT ON decisions BEGIN SELECT RAISE(ABORT, 'worn out'); END");
        Assert.True(journal.TryAppend(Entry(1)));

        var error = await Assert.ThrowsAsync<EmbeddedStoreException>(journal.FlushAsync);

        Assert.Contains("worn out", error.Message);
        Assert.Equal(1, journal.Dropped);
        SqliteFile.Execute(disk, "DROP TRIGGER failing");
        Assert.True(journal.TryAppend(Entry(2)));
        await journal.FlushAsync();
        Assert.Equal(Entry(2), await journal.FindAsync("d2", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Explain_DiskFull_NamesTheOptionOfTheFile()
    {
        var full = new SqliteException("full", 13);

        Assert.Contains("lower JournalRowsMax", SqliteFile.Explain(full, "journal.db", "lower JournalRowsMax").Message);
        Assert.EndsWith("free space on its disk", SqliteFile.Explain(full, "journal.db").Message);
    }

    private static JournalEntry Entry(int index) => new($"d{index}", index, "BTC", "", $"p{index % 2}", "decision", "{}");
}
