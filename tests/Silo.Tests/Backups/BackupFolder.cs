using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Silo.Tests.Backups;

/// <summary>A data folder with a state, without an agent.</summary>
internal sealed class BackupFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("btcagent-schedule-");

    public string Data => Path.Combine(_root.FullName, "data");

    public string Root => _root.FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    public async Task WriteAsync()
    {
        using var folder = DataFolder.Open(Data);
        var options = new EmbeddedStoreOptions();
        using var state = new StateStore(folder, options, TimeProvider.System);
        await using var journal = new Journal(folder, options, NullLogger<Journal>.Instance);
        _ = new StateGuard(folder, state, journal, options, TimeProvider.System, NullLogger<StateGuard>.Instance);
        await state.WriteAsync(new StateKey("default", "test", "main"), "{}", null);
    }

    /// <summary>Backs up to the default place; returns the backup's name.</summary>
    public async Task<string> BackUpAsync(BackupKey? key = null)
    {
        using var store = new Storage.Objects.FolderObjectStore(Path.Combine(Data, "backups"));
        return (await new BackupArchive(store, key, Data, TimeProvider.System).CreateAsync(Data, Cancelled)).Contents.Name;
    }
}
