using BtcAgent.Storage.Objects;

namespace BtcAgent.Storage.Tests.Objects;

public sealed class FolderObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-objects-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult<IObjectStore>(new FolderObjectStore(_folder.FullName));

    [Fact]
    public async Task Put_IfMatchByManyWriters_OneSucceeds()
    {
        using var store = await OpenAsync();
        using var other = await OpenAsync();
        var first = await PutAsync(store, "race", "first", PutCondition.None);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => PutAsync(i % 2 == 0 ? store : other, "race", $"writer {i}", PutCondition.IfMatch(first.ETag!)), Cancel)));
        Assert.Single(results, result => result.Outcome == PutOutcome.Created);
    }

    [Fact]
    public async Task Put_Cancelled_LeavesTheOldObjectAndNothingElse()
    {
        using var store = await OpenAsync();
        await PutAsync(store, "kept", "old", PutCondition.None);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.PutBytesAsync("kept", new byte[1 << 20], PutCondition.None, cancelled.Token));

        Assert.Equal("old", await TextAsync(store, "kept"));
        Assert.Single(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Probe_OldUnfinishedFile_IsDeleted()
    {
        using var store = await OpenAsync();
        var old = Path.Combine(_folder.FullName, "a.1.1.part");
        var recent = Path.Combine(_folder.FullName, "b.1.1.part");
        File.WriteAllText(old, "killed");
        File.WriteAllText(recent, "being written");
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(recent).AddDays(-2));
        await store.ProbeAsync(Cancel);

        Assert.Equal([false, true], [File.Exists(old), File.Exists(recent)]);
        Assert.Empty(await KeysAsync(store, "", null));
    }

    [Fact]
    public async Task Put_FullDisk_SaysSoAndKeepsTheOldObject()
    {
        using var store = await OpenAsync();
        var error = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.PutAsync("big", new FullDiskStream(), PutCondition.None, Cancel));
        Assert.Equal(ObjectStoreFault.Full, error.Fault);
        Assert.Equal($"the disk of '{_folder.FullName}' is full: free space, or choose another folder", error.Message);
        Assert.Empty(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Put_FolderIsAFile_SaysSo()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        using var store = new FolderObjectStore(file);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ProbeAsync(Cancel));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }
}
