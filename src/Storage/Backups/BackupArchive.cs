using System.Security.Cryptography;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Storage.Backups;

/// <summary>The backups in a store: creates, lists, checks and deletes them.</summary>
/// <param name="store">Where they are.</param>
/// <param name="key">The operator's key; null leaves new backups unencrypted.</param>
/// <param name="staging">Existing folder for temporary files, of the size of the uncompressed parts.</param>
/// <param name="time">Clock of the instants.</param>
public sealed class BackupArchive(IObjectStore store, BackupKey? key, string staging, TimeProvider time)
{
    /// <summary>File of the data folder with the configuration in force, which each backup contains.</summary>
    public const string ConfigurationFile = "configuration.json";

    /// <summary>File of the data folder with the looks of searches at untouched windows, one a line.</summary>
    public const string OpeningsFile = "training/untouched-openings.jsonl";

    public string Place => store.Place;

    public bool Encrypts => key is not null;

    /// <summary>
    /// Backs up a data folder as of one instant, also while an agent uses it, and reads the result again from the store. A backup
    /// that fails this check is deleted.
    /// </summary>
    /// <exception cref="BackupException">There is nothing to back up, or the written backup does not check.</exception>
    /// <exception cref="Embedded.EmbeddedStoreException">The state or journal cannot be read.</exception>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<CreatedBackup> CreateAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (name, bytes, snapshot) = await WriteAsync(dataFolder, cancellationToken);
        try
        {
            var contents = await VerifyAsync(name, cancellationToken);
            return new CreatedBackup(contents, bytes, snapshot.TotalSeconds, time.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception error) when (error is BackupException or OperationCanceledException)
        {
            await store.DeleteAsync(name, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Returns all backups, newest first.</summary>
    public async Task<IReadOnlyList<StoredBackup>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<StoredBackup>();
        await foreach (var stored in store.ListAsync("", null, cancellationToken))
        {
            if (BackupName.InstantOf(stored.Key) is { } instant)
            {
                found.Add(new StoredBackup(stored.Key, instant, stored.Size));
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Reads a whole backup, checks every hash, and opens its databases.</summary>
    /// <exception cref="BackupException">It is missing, damaged, of a newer format, or the key is missing or wrong.</exception>
    public async Task<BackupContents> VerifyAsync(string name, CancellationToken cancellationToken)
    {
        using var folder = Guard(() => BackupStaging.Create(staging));
        return await ExtractAsync(name, folder.Files, cancellationToken);
    }

    /// <summary>Reads the header of a backup.</summary>
    public async Task<BackupHeader> ReadHeaderAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(name, cancellationToken);
        return Guard(() => BackupReader.ReadHeader(stream, name).Header);
    }

    /// <summary>
    /// Deletes the backups beyond the given number, age or total size, oldest first; never the newest. Returns the deleted ones.
    /// </summary>
    public async Task<IReadOnlyList<StoredBackup>> TrimAsync(int keep, TimeSpan ageMax, long bytesMax, CancellationToken cancellationToken)
    {
        var (deleted, total, count) = (new List<StoredBackup>(), 0L, 0);
        foreach (var backup in await ListAsync(cancellationToken))
        {
            total += backup.Bytes;
            if (count++ > 0 && (count > keep || time.GetUtcNow() - backup.Instant > ageMax || total > bytesMax))
            {
                await store.DeleteAsync(backup.Name, cancellationToken);
                deleted.Add(backup);
            }
        }

        return deleted;
    }

    /// <summary>Extracts a backup into an empty folder and checks everything in it.</summary>
    internal async Task<BackupContents> ExtractAsync(string name, string folder, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(name, cancellationToken);
        return Guard(() =>
        {
            using var buffered = new BufferedStream(stream, 1 << 17);
            using var reader = BackupReader.Open(buffered, name, key);
            reader.Extract(folder, cancellationToken);
            return BackupDatabases.Check(name, reader.Header, reader.Manifest, folder);
        });
    }

    private async Task<(string Name, long Bytes, TimeSpan Snapshot)> WriteAsync(string dataFolder, CancellationToken cancellationToken)
    {
        using var folder = Guard(() => BackupStaging.Create(staging));
        var start = time.GetTimestamp();
        var instant = Guard(() => EmbeddedSnapshot.Take(dataFolder, folder.Files, time));
        var snapshot = time.GetElapsedTime(start);
        var packed = Path.Combine(folder.Root, "packed");
        Guard(() =>
        {
            var manifest = new BackupManifest(instant, [.. Collect(dataFolder, folder.Files)]);
            using var file = new FileStream(packed, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 17);
            BackupWriter.Write(file, manifest, folder.Files, Version, key, cancellationToken);
            return true;
        });
        await using var content = File.OpenRead(packed);
        var name = BackupName.Of(instant);
        var put = await store.PutAsync(name, content, PutCondition.IfAbsent, cancellationToken);
        return put.Outcome == PutOutcome.Created
            ? (name, content.Length, snapshot)
            : throw new BackupException(BackupFault.Other, $"{store.Place} has a backup '{name}' already: another process backs up to the same place");
    }

    /// <summary>Copies the further files beside the databases, and returns all parts.</summary>
    private static IEnumerable<BackupPart> Collect(string dataFolder, string folder)
    {
        string[] others = [.. BackupFiles.Find(dataFolder)];
        foreach (var name in others)
        {
            var to = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(dataFolder, name), to);
        }

        foreach (var name in new[] { EmbeddedSnapshot.State, EmbeddedSnapshot.JournalName }.Concat(others))
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            yield return new BackupPart(name, file.Length, Convert.ToHexString(SHA256.HashData(file)));
        }
    }

    private async Task<Stream> OpenAsync(string name, CancellationToken cancellationToken) =>
        (BackupName.InstantOf(name) is null ? null : await store.OpenAsync(name, cancellationToken))
        ?? throw new BackupException(BackupFault.Other, $"there is no backup '{name}' in {store.Place}: 'btcagent backup list' shows those there");

    /// <summary>Explains errors of the disk of temporary files and of the connection to the store.</summary>
    private T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (FolderFaults.IsFault(error))
        {
            var explained = FolderFaults.Explain(error, staging);
            throw new BackupException(BackupFault.Other, $"{explained.Message}; the backup needs room for its uncompressed parts there", error);
        }
        catch (HttpRequestException error)
        {
            throw new ObjectStoreException(ObjectStoreFault.Unreachable, $"{store.Place}: the connection broke ({error.Message}): try again", error);
        }
    }

    private static string Version => typeof(BackupArchive).Assembly.GetName().Version!.ToString(3);
}
