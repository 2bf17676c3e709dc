using BtcAgent.History.Files;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Queries;

/// <summary>Copies a file of a history from its store to this machine, complete or not at all.</summary>
internal static class ObjectCopy
{
    /// <summary>End of the name of a copy that is being written.</summary>
    public const string Part = ".part";

    private const int BufferBytes = 131_072;

    /// <param name="store">Where the file is.</param>
    /// <param name="file">The file, as its manifest describes it.</param>
    /// <param name="path">Where the copy is put.</param>
    /// <param name="cancellationToken">Ends copying.</param>
    /// <returns>False when it has been merged or removed since its manifest was read.</returns>
    /// <exception cref="HistoryException">The file is damaged, or the copy cannot be written.</exception>
    /// <exception cref="ObjectStoreException">The store cannot be read.</exception>
    public static async Task<bool> WriteAsync(IObjectStore store, DataFile file, string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var part = $"{path}.{Path.GetRandomFileName()}{Part}"; // Another process may copy the same one.
        try
        {
            Directory.CreateDirectory(folder);
            await using (var from = await store.OpenAsync(file.Key, cancellationToken))
            {
                if (from is null)
                {
                    return false;
                }

                await using var to = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite);
                var buffer = new byte[BufferBytes];
                var left = file.Bytes;
                while (await ReadAsync(store, file, from, buffer, cancellationToken) is > 0 and var count)
                {
                    left -= count;
                    if (left < 0)
                    {
                        // The room was judged by the manifest: nothing larger is written.
                        throw new HistoryException($"'{file.Key}' in {store.Place} is damaged: it is larger than the manifest says; restore it from a backup");
                    }

                    await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }

                to.Flush(flushToDisk: true);
                to.Position = 0;
                if (await FileHash.OfAsync(to, cancellationToken) != file.Sha256)
                {
                    throw new HistoryException($"'{file.Key}' in {store.Place} is damaged: its SHA-256 is not that of the manifest; restore it from a backup");
                }
            }

            File.Move(part, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException($"'{file.Key}' of {store.Place} cannot be copied to '{folder}': {e.Message}", e);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static async Task<int> ReadAsync(IObjectStore store, DataFile file, Stream from, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await from.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ObjectStoreException(
                ObjectStoreFault.Unreachable, $"'{file.Key}' in {store.Place} could not be read to its end ({e.Message}): try again", e);
        }
    }
}
