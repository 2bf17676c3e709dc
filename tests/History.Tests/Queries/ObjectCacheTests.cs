using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.History.Tests.Files;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Queries;

/// <summary>A history in an object store, read through a cache on this machine.</summary>
public sealed class ObjectCacheTests : IDisposable
{
    private const string Count = "SELECT count(*) FROM ";

    private readonly HistoryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Copies => Path.Combine(_folder.Path, "..", Path.GetFileName(_folder.Path) + "-cache");

    public void Dispose()
    {
        if (Directory.Exists(Copies))
        {
            Directory.Delete(Copies, recursive: true);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Query_Store_CopiesEachFileOnceAndWithinTheLimit()
    {
        await StoreAsync();
        var trades = (await _folder.ManifestAsync("trades")).Files;
        var quotes = (await _folder.ManifestAsync("quotes")).Files;
        var limit = Math.Max(trades.Sum(file => file.Bytes), quotes.Sum(file => file.Bytes)) + 1;
        Assert.Equal(500L, await QueryAsync("trades", limit));
        var copied = CopiedFiles();
        Assert.Equal(trades.Count, copied.Length);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(500L, await QueryAsync("trades", limit));
        Assert.Equal(copied.Select(file => file.FullName), CopiedFiles().Select(file => file.FullName));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(500L, await QueryAsync("quotes", limit));
        Assert.True(CopiedFiles().Sum(file => file.Length) <= limit);
        Assert.Contains(CopiedFiles(), file => file.FullName.Contains("dataset=quotes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_FilesLargerThanTheCache_SaysBothSizes()
    {
        await StoreAsync();
        var error = await Assert.ThrowsAsync<HistoryException>(() => QueryAsync("trades", 100));
        Assert.Contains("more than the cache of 0 MiB: allow more with --cache-mb", error.Message, StringComparison.Ordinal);
        Assert.Empty(CopiedFiles());
    }

    [Fact]
    public async Task Query_DamagedObject_IsNamedAndNotKept()
    {
        await StoreAsync();
        var file = (await _folder.ManifestAsync("trades")).Files[0];
        var path = Path.Combine(_folder.Path, file.Key);
        var content = await File.ReadAllBytesAsync(path, Cancelled);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, content, Cancelled);
        var error = await Assert.ThrowsAsync<HistoryException>(() => QueryAsync("trades", 1_000_000));
        Assert.Contains($"'{file.Key}' in", error.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged: its SHA-256 is not that of the manifest", error.Message, StringComparison.Ordinal);
        Assert.Empty(CopiedFiles());
    }

    [Fact]
    public async Task Query_FilesMergedAfterTheManifestWasRead_ReadsItAgain()
    {
        await StoreAsync();
        var removed = (await _folder.ManifestAsync("trades")).Files[0];
        var path = Path.Combine(_folder.Path, removed.Key);
        var reads = 0;
        var database = new HistoryDatabase(
            async cancel =>
            {
                var files = await HistoryFiles.ReadAsync(_folder.Store, NewCache(1_000_000), cancel);
                if (++reads == 1)
                {
                    File.Move(path, path + ".moved");
                }
                else
                {
                    File.Move(path + ".moved", path);
                }

                return files;
            },
            QueryLimits.Default,
            TimeProvider.System);
        Assert.Equal(500L, (await database.QueryAsync(Count + "trades", Cancelled)).Rows[0][0]);
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Read_StoreWithoutHistory_SaysSo()
    {
        using var empty = new FolderObjectStore(Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName);
        var error = await Assert.ThrowsAsync<HistoryException>(() => HistoryFiles.ReadAsync(empty, NewCache(1), Cancelled));
        Assert.Contains("there is no history in", error.Message, StringComparison.Ordinal);
    }

    private async Task StoreAsync()
    {
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, SyntheticMarket.Facts(100), batch: 50);
    }

    private ObjectCache NewCache(long bytesMax) => new(_folder.Store, Copies, bytesMax, _time);

    private async Task<object?> QueryAsync(string dataset, long bytesMax)
    {
        var cache = NewCache(bytesMax);
        var database = new HistoryDatabase(cancel => HistoryFiles.ReadAsync(_folder.Store, cache, cancel), QueryLimits.Default, TimeProvider.System);
        return (await database.QueryAsync(Count + dataset, Cancelled)).Rows[0][0];
    }

    private FileInfo[] CopiedFiles() => !Directory.Exists(Copies) ? []
        : [.. new DirectoryInfo(Copies).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)];
}
