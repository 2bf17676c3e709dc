using BtcAgent.Storage.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class JournalTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("btcagent-journal-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task List_ByInstrument_GivesNewestFirstWithinTheCap()
    {
        using var folder = DataFolder.Open(path);
        var options = new EmbeddedStoreOptions { JournalRowsMax = 10 };
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        await journal.StoreAsync([.. Enumerable.Range(0, 30).Select(Entry)], Place(0, 30), Token);

        Assert.Null(await journal.FindAsync("d0", Token));
        Assert.Equal(Entry(29), await journal.FindAsync("d29", Token));
        Assert.Equal(10, (await journal.ListAsync(null, null, 100, Token)).Count);
        Assert.Equal(["d28", "d26"], (await journal.ListAsync("decision", "p0", 2, Token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Next_AfterARestart_IsThePlaceOfTheLastEntriesOfThatPartition()
    {
        using (var folder = DataFolder.Open(path))
        {
            await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
            Assert.Null(await journal.NextAsync("log", "risk_decisions", 0, Token));
            await journal.StoreAsync([Entry(1)], Place(0, 5), Token);
            await journal.StoreAsync([], Place(5, 9), Token);
        }

        using (var folder = DataFolder.Open(path))
        {
            await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
            Assert.Equal(9, await journal.NextAsync("log", "risk_decisions", 0, Token));
            Assert.Null(await journal.NextAsync("other", "risk_decisions", 0, Token));
            Assert.Null(await journal.NextAsync("log", "risk_decisions", 1, Token));
        }
    }

    [Fact]
    public async Task Store_EntriesThatAreStoredAlready_KeepsTheFirst()
    {
        using var folder = DataFolder.Open(path);
        await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
        await journal.StoreAsync([Entry(1), Entry(2)], Place(0, 2), Token);
        await journal.StoreAsync([Entry(1) with { Kind = "second" }, Entry(3)], Place(2, 4), Token);

        Assert.Equal(["d3", "d2", "d1"], (await journal.ListAsync(null, null, 9, Token)).Select(entry => entry.Id));
        Assert.Equal(Entry(1), await journal.FindAsync("d1", Token));
    }

    [Fact]
    public async Task Store_DiskRefuses_StoresNeitherEntriesNorPlaceAndSaysWhyUntilItWorks()
    {
        using var folder = DataFolder.Open(path);
        await using var journal = new Journal(folder, new EmbeddedStoreOptions(), NullLogger<Journal>.Instance);
        using var disk = SqliteFile.OpenWriter(folder.JournalPath, Durability.ProcessCrash, 1, "SELECT 1", check: false);
        SqliteFile.Execute(disk, "CREATE TRIGGER failing BEFORE INSERT ON decisions WHEN NEW.id = 'd2' BEGIN SELECT RAISE(ABORT, 'worn out'); END");

        var error = await Assert.ThrowsAsync<EmbeddedStoreException>(() => journal.StoreAsync([Entry(1), Entry(2)], Place(0, 2), Token));

        Assert.Contains("worn out", error.Message);
        Assert.Contains("worn out", journal.Problem);
        Assert.Null(await journal.FindAsync("d1", Token));
        Assert.Null(await journal.NextAsync("log", "risk_decisions", 0, Token));
        SqliteFile.Execute(disk, "DROP TRIGGER failing");
        await journal.StoreAsync([Entry(1), Entry(2)], Place(0, 2), Token);
        Assert.Null(journal.Problem);
        Assert.Equal(Entry(2), await journal.FindAsync("d2", Token));
    }

    [Fact]
    public void Explain_DiskFull_NamesTheOptionOfTheFile()
    {
        var full = new SqliteException("full", 13);

        Assert.Contains("lower JournalRowsMax", SqliteFile.Explain(full, "journal.db", "lower JournalRowsMax").Message);
        Assert.EndsWith("free space on its disk", SqliteFile.Explain(full, "journal.db").Message);
    }

    private static JournalEntry Entry(int index) => new($"d{index}", index, "BTC", "", $"p{index % 2}", "decision", "{}");

    private static JournalPlace Place(long from, long next) => new("log", "risk_decisions", 0, from, next);
}
