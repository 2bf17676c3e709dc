using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Tests.Embedded;

public sealed class JournalRetentionTests : IDisposable
{
    private const long Day = 86_400L * 1_000_000_000;

    private readonly string path = Directory.CreateTempSubdirectory("btcagent-retention-").FullName;
    private readonly SteppingTime time = new();

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
            Assert.True(journal.TryAppend(Entry(index, Now, bytes: 6_000)));
        }

        await journal.FlushAsync();

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
        journal.TryAppend(Entry(0, Now - (8 * Day)));
        journal.TryAppend(Entry(1, Now - (6 * Day)));
        journal.TryAppend(Entry(2, Now));
        await journal.FlushAsync();
        journal.TryAppend(Entry(3, Now));
        await journal.FlushAsync();

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
        journal.TryAppend(Entry(0, Now));
        await journal.FlushAsync();
        var venue = Now;
        time.Step(TimeSpan.FromDays(days));
        journal.TryAppend(Entry(1, venue));
        await journal.FlushAsync();

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
                large.TryAppend(Entry(index, Now, bytes: 6_000));
            }

            await large.FlushAsync();
        }

        var before = new FileInfo(folder.JournalPath).Length;
        await using (var small = Open(folder, new EmbeddedStoreOptions { JournalSizeMaxMb = 2 }))
        {
            for (var index = 2_000; index < 2_200; index++)
            {
                small.TryAppend(Entry(index, Now, bytes: 6_000));
                await small.FlushAsync();
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
