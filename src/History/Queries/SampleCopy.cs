using System.Globalization;
using BtcAgent.History.Files;
using BtcAgent.Storage.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>
/// Copies the files with the feature samples of a window from an object store to a folder, where a <see cref="SampleHistory"/> reads
/// them without a network. The manifest is written last: a copy that was cut off is continued, and has nothing to read until then.
/// </summary>
/// <param name="store">Store of the history.</param>
/// <param name="folder">Folder of the copy, used for nothing else.</param>
/// <param name="bytesMax">Most bytes of all copied files.</param>
public sealed class SampleCopy(IObjectStore store, string folder, long bytesMax)
{
    private const int AttemptsMax = 3;

    private static readonly string Key = Manifest.KeyOf(SampleHistory.DatasetName);

    private string ManifestPath => Path.Combine(folder, Key);

    /// <summary>Does nothing when the copy is complete, whatever the store has since.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="from">First event time, inclusive.</param>
    /// <param name="to">Last event time, exclusive.</param>
    /// <param name="progress">Receives the share of the bytes that are here, 0…1.</param>
    /// <param name="cancellationToken">Ends copying; what is whole is used the next time.</param>
    /// <exception cref="HistoryException">There is no history in the store, a file is damaged, the files are too large, or the folder cannot be written.</exception>
    /// <exception cref="ObjectStoreException">The store cannot be read.</exception>
    public async Task MakeAsync(InstrumentId instrument, Timestamp from, Timestamp to, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !File.Exists(ManifestPath); attempt++)
        {
            if (attempt > AttemptsMax)
            {
                throw new HistoryException($"files of the history in {store.Place} are merged all the time: try again");
            }

            var manifest = await ReadManifestAsync(cancellationToken);
            var files = SampleHistory.FilesOf(manifest, instrument, from, to);
            DemandRoom(files);
            DeleteOthers(files);
            if (await CopyAsync(files, progress, cancellationToken))
            {
                Write(manifest with { Files = [.. files] });
            }
        }
    }

    private async Task<Manifest> ReadManifestAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadBytesAsync(Key, cancellationToken) is { } json)
        {
            return Manifest.Read(Key, json);
        }

        throw await FileWriter.OursAsync(store, SampleHistory.DatasetName, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } file
            ? LostManifest.Of(SampleHistory.DatasetName, file, store.Place)
            : new HistoryException(
                $"there are no feature samples in {store.Place}: name the bucket and prefix of History:Parquet:Store, where the history of a cluster is written by its sink");
    }

    private void DemandRoom(DataFile[] files)
    {
        var bytes = files.Sum(file => file.Bytes);
        if (bytes > bytesMax)
        {
            throw new HistoryException(
                $"the window has {files.Length} files of {Mib(bytes)} MiB in {store.Place}, more than the {Mib(bytesMax)} MiB that a job may copy: "
                + "raise Retraining:HistoryMb, or shorten Retraining:WindowDays");
        }
    }

    /// <summary>Removes what an earlier manifest named, so that the disk holds one window.</summary>
    private void DeleteOthers(DataFile[] files)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var wanted = files.Select(file => Path.GetFullPath(PathOf(file))).ToHashSet(StringComparer.Ordinal);
        foreach (var found in Directory.EnumerateFiles(Path.GetFullPath(folder), "*", SearchOption.AllDirectories).Where(path => !wanted.Contains(path)).ToList())
        {
            File.Delete(found);
        }
    }

    /// <returns>False when a file is gone: the manifest must be read again.</returns>
    private async Task<bool> CopyAsync(DataFile[] files, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (done, all) = (0L, Math.Max(1, files.Sum(file => file.Bytes)));
        foreach (var file in files)
        {
            if (!await IsHereAsync(file, cancellationToken) && !await ObjectCopy.WriteAsync(store, file, PathOf(file), cancellationToken))
            {
                return false;
            }

            done += file.Bytes;
            progress?.Report((double)done / all);
        }

        return true;
    }

    /// <summary>A key may get another content, and an earlier copy may have been damaged.</summary>
    private async Task<bool> IsHereAsync(DataFile file, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(file)))
        {
            return false;
        }

        await using var content = File.OpenRead(PathOf(file));
        return await FileHash.OfAsync(content, cancellationToken) == file.Sha256;
    }

    private void Write(Manifest manifest)
    {
        try
        {
            AtomicFile.WriteAllBytes(ManifestPath, manifest.ToJson());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException($"'{ManifestPath}' cannot be written: {e.Message}", e);
        }
    }

    private string PathOf(DataFile file) => Path.Combine(folder, file.Key);

    private static string Mib(long bytes) => (bytes / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture);
}
