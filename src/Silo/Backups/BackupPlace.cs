using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Backups;

/// <summary>The store of the agent's backups and the archive in it.</summary>
internal sealed class BackupPlace(IObjectStore store, BackupArchive archive) : IDisposable
{
    private const string FolderName = "backups";

    public IObjectStore Store { get; } = store;

    public BackupArchive Archive { get; } = archive;

    /// <exception cref="StartupException">The key or the store's secret cannot be read.</exception>
    public static BackupPlace Open(BackupOptions options, string dataFolder, TimeProvider time)
    {
        try
        {
            var data = Path.GetFullPath(dataFolder);
            var key = BackupKey.Find(options.KeyFile);
            var store = ObjectStores.Open(options.Store, Path.Combine(data, FolderName));
            return new BackupPlace(store, new BackupArchive(store, key, data, time));
        }
        catch (Exception error) when (error is BackupException or ObjectStoreException)
        {
            throw new StartupException($"section {BackupOptions.Section}: {error.Message}", error);
        }
    }

    public void Dispose() => Store.Dispose();
}
