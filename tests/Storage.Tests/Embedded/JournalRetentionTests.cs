using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class JournalRetentionTests : IDisposable
{
    private const long Day = 86_400L * 1_000_000_000;

    private readonly string path = Directory.CreateTempSubdirectory("btcagent-retention-").FullName;
    private readonly SteppingTime time = new();

    private static JournalPlace Place { get; } = new("log", "risk_decisions", 0, 0, 1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task Append_MoreThanTheSize_FileStopsGrowingAndTheNewestStay()
    {
        using var folder = DataFolder.Open(path);
        await using var journal = Open(folder, new EmbeddedStoreOptions { JournalSizeMaxMb = 1, BatchMax = 16 });
        for (var index = 0; index < 1_000; index++)
        {
            await journal.StoreAsync([Entry(index, Now, bytes: 6_000)], Place, Cancelled);
        }

        Assert.InRange(new FileInfo(folder.JournalPath).Length + journal.Usage.Bytes, 1, 5_000_000);
        Assert.InRange(journal.Usage.Bytes, 500_000, 1_600_000);
        Assert.NotNull(await journal.FindAsync("d999", Cancelled));
        Assert.Null(await journal.FindAsync("d0", Cancelled));
        Assert.True(journal.Usage.Trimmed > 700);
    }

    [Fact]
    public async Task Append_EntriesOlderThanTheDays_AreLetGoOf()
    {
        using var folder = DataFolder.Open(path);
        await using var journal = Open(folder, new EmbeddedStoreOptions { JournalDaysMax = 7 });
        await journal.StoreAsync([Entry(0, Now - (8 * Day))], Place, Cancelled);
        await journal.StoreAsync([Entry(1, Now - (6 * Day))], Place, Cancelled);
        await journal.StoreAsync([Entry(2, Now)], Place, Cancelled);
        await journal.StoreAsync([Entry(3, Now)], Place, Cancelled);

        Assert.Null(await journal.FindAsync("d0", Cancelled));
        Assert.Equal(["d3", "d2", "d1"], (await journal.ListAsync(null, null, 10, Cancelled)).Select(entry => entry.Id));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task Append_ClockIsSetByMoreThanTheDays_KeepsAll(int days)
    {
        using var folder = DataFolder.Open(path);
        await using var journal = Open(folder, new EmbeddedStoreOptions { JournalDaysMax = 7 });
        await journal.StoreAsync([Entry(0, Now)], Place, Cancelled);
        var venue = Now;
        time.Step(TimeSpan.FromDays(days));
        await journal.StoreAsync([Entry(1, venue)], Place, Cancelled);

        Assert.Equal(2, (await journal.ListAsync(null, null, 10, Cancelled)).Count);
    }

    [Fact]
    public async Task Append_LimitWasLowered_FileShrinksInSteps()
    {
        using var folder = DataFolder.Open(path);
        await using (var large = Open(folder, new EmbeddedStoreOptions { JournalSizeMaxMb = 64 }))
        {
            for (var index = 0; index < 2_000; index++)
            {
                await large.StoreAsync([Entry(index, Now, bytes: 6_000)], Place, Cancelled);
            }
        }

        var before = new FileInfo(folder.JournalPath).Length;
        await using (var small = Open(folder, new EmbeddedStoreOptions { JournalSizeMaxMb = 2 }))
        {
            for (var index = 2_000; index < 2_200; index++)
            {
                await small.StoreAsync([Entry(index, Now, bytes: 6_000)], Place, Cancelled);
            }
        }

        Assert.True(before > 12_000_000);
        Assert.InRange(new FileInfo(folder.JournalPath).Length, 1, 4_500_000);
    }

    private Journal Open(DataFolder folder, EmbeddedStoreOptions options) =>
        new(folder, options, NullLogger<Journal>.Instance, time);

    private static JournalEntry Entry(int index, long at, int bytes = 10) =>
        new($"d{index}", at, "BTC", "", "main", "decision", new string('x', bytes));
}
