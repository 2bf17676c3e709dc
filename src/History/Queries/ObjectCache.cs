using System.Globalization;
using BtcAgent.History.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>
/// Copies of a history's files that are in an object store, in a folder of this user. It keeps to its size: what was used longest ago
/// is removed first.
/// </summary>
/// <param name="store">Where the files are.</param>
/// <param name="folder">Folder of the copies.</param>
/// <param name="bytesMax">Most bytes of all copies.</param>
/// <param name="time">Clock of the last use.</param>
public sealed class ObjectCache(IObjectStore store, string folder, long bytesMax, TimeProvider time)
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>Path of a file's copy. The hash is a part of it: a key may get another content.</summary>
    public string PathOf(DataFile file) => Path.Combine(_folder, file.Sha256[..16], file.Key);

    /// <summary>Copies the files that are not there yet.</summary>
    /// <returns>False when one has been merged or removed since its manifest was read.</returns>
    /// <exception cref="HistoryException">The files are larger than the cache, one is damaged, or the store or the folder fails.</exception>
    public async Task<bool> FetchAsync(IReadOnlyCollection<DataFile> files, CancellationToken cancellationToken)
    {
        var bytes = files.Sum(file => file.Bytes);
        if (bytes > bytesMax)
        {
            throw new HistoryException(
                $"{files.Count} files of {Mib(bytes)} MiB in {store.Place} are needed, more than the cache of {Mib(bytesMax)} MiB: allow more with --cache-mb, "
                + "or read a part with 'btcagent data export --from … --to …'");
        }

        var wanted = files.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        Directory.CreateDirectory(_folder);
        MakeRoom(files.Where(file => !File.Exists(PathOf(file))).Sum(file => file.Bytes), wanted);
        foreach (var file in files)
        {
            var path = PathOf(file);
            if (!File.Exists(path) && !await CopyAsync(file, path, cancellationToken))
            {
                return false;
            }

            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }

        return true;
    }

    private async Task<bool> CopyAsync(DataFile file, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ObjectCopy.WriteAsync(store, file, path, cancellationToken);
        }
        catch (ObjectStoreException e)
        {
            throw new HistoryException(e.Message, e);
        }
    }

    private void MakeRoom(long bytes, HashSet<string> wanted)
    {
        var copies = new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(copy => copy.LastWriteTimeUtc).ToList();
        var used = copies.Sum(copy => copy.Length);
        foreach (var copy in copies.Where(copy => !wanted.Contains(copy.FullName)).TakeWhile(_ => used + bytes > bytesMax))
        {
            used -= copy.Length;
            copy.Delete();
        }
    }

    private static string Mib(long bytes) => (bytes / 1_048_576.0).ToString("N0", CultureInfo.InvariantCulture);
}
