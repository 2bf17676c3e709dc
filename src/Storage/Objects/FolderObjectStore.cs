using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using BtcAgent.Storage.Files;

namespace BtcAgent.Storage.Objects;

/// <summary>
/// Objects as files in a folder, each written to a temporary file, flushed to disk and renamed. The ETag is a hash of the
/// content. Several processes may write: creation is a link, and compare-and-swap is guarded by a lock file.
/// </summary>
/// <param name="folder">The folder, created with the first object.</param>
/// <param name="isPrivate">
/// Closes new files and folders to all other users, whatever the process's mask is; otherwise the mask decides.
/// </param>
public sealed class FolderObjectStore(string folder, bool isPrivate = false) : IObjectStore
{
    private const string LockName = ".lock";

    /// <summary>Age at which an unfinished file can only be that of a process that was killed.</summary>
    private static readonly TimeSpan UnfinishedAgeMax = TimeSpan.FromDays(1);

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(5);

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private readonly SemaphoreSlim _swapping = new(1, 1);

    public string Place => $"'{_root}'";

    public ConditionalWrites Conditions => ConditionalWrites.Both;

    public async Task<ConditionalWrites> ProbeAsync(CancellationToken cancellationToken)
    {
        const string Key = ".probe";
        await this.PutBytesAsync(Key, [1], PutCondition.None, cancellationToken);
        await DeleteAsync(Key, cancellationToken);
        Guard(DeleteUnfinished);
        return Conditions;
    }

    public async Task<PutResult> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        try
        {
            if (condition.MustBeAbsent && File.Exists(path))
            {
                return PutResult.AlreadyThere;
            }

            if (isPrivate && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            using var file = new AtomicFile(path, isPrivate ? UnixFileMode.UserRead | UnixFileMode.UserWrite : null);
            content.Position = 0;
            var etag = await CopyAsync(content, file.Stream, cancellationToken);
            if (condition.ETag is { } expected)
            {
                return await SwapAsync(file, path, expected, etag, cancellationToken);
            }

            if (condition.MustBeAbsent)
            {
                return file.TryCommitNew() ? new PutResult(PutOutcome.Created, etag) : PutResult.AlreadyThere;
            }

            file.Commit();
            return new PutResult(PutOutcome.Created, etag);
        }
        catch (Exception error) when (FolderFaults.IsFault(error))
        {
            throw FolderFaults.Explain(error, _root);
        }
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Guard(() => OpenOrNull(PathOf(key))));
    }

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = OpenOrNull(PathOf(key));
            return file is FileStream stream
                ? new StoredObject(key, stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle), await HashAsync(stream, cancellationToken))
                : null;
        }
        catch (Exception error) when (FolderFaults.IsFault(error))
        {
            throw FolderFaults.Explain(error, _root);
        }
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var found in Guard(() => Find(prefix, after)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        Guard(() =>
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        });
        return Task.CompletedTask;
    }

    public void Dispose() => _swapping.Dispose();

    private static Stream? OpenOrNull(string path)
    {
        try
        {
            // Readers keep the file they opened when another one is renamed over it.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: false);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file under the lock of the folder if its ETag is the expected one.</summary>
    private async Task<PutResult> SwapAsync(
        AtomicFile file, string path, string expected, string etag, CancellationToken cancellationToken)
    {
        await _swapping.WaitAsync(cancellationToken);
        try
        {
            await using var held = await LockAsync(cancellationToken);
            await using var now = OpenOrNull(path);
            if (now is null || await HashAsync(now, cancellationToken) != expected)
            {
                return PutResult.Conflict;
            }

            file.Commit();
            return new PutResult(PutOutcome.Created, etag);
        }
        finally
        {
            _swapping.Release();
        }
    }

    /// <summary>Waits while another process swaps; the operating system ends its lock with it.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(_root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when ((error.HResult & 0xFFFF) is 11 or 35 or 32)
            {
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private List<StoredObject> Find(string prefix, string? after)
    {
        // Only the deepest folder that all keys of the prefix share.
        var start = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(start))
        {
            return [];
        }

        var files = new DirectoryInfo(start).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        return [.. files.Select(file => (File: file, Key: Path.GetRelativePath(_root, file.FullName).Replace('\\', '/')))
            .Where(each => each.Key.StartsWith(prefix, StringComparison.Ordinal) && !IsInternal(each.Key)
                && (after is null || string.CompareOrdinal(each.Key, after) > 0))
            .OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => new StoredObject(each.Key, each.File.Length, each.File.LastWriteTimeUtc, null))];
    }

    private void DeleteUnfinished()
    {
        var now = File.GetLastWriteTimeUtc(_root);
        foreach (var part in new DirectoryInfo(_root).EnumerateFiles($"*{ObjectKey.PartEnding}", SearchOption.AllDirectories)
            .Where(part => now - part.LastWriteTimeUtc > UnfinishedAgeMax))
        {
            part.Delete();
        }
    }

    private static bool IsInternal(string key) => key == LockName || key.EndsWith(ObjectKey.PartEnding, StringComparison.Ordinal);

    private string PathOf(string key) => Path.Combine(_root, ObjectKey.Demand(key));

    private static async Task<string> CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        var buffer = new byte[1 << 16];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Text(hash);
    }

    private static async Task<string> HashAsync(Stream stream, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        await hash.AppendAsync(stream, cancellationToken);
        return Text(hash);
    }

    private static string Text(XxHash128 hash) => string.Create(CultureInfo.InvariantCulture, $"{hash.GetCurrentHashAsUInt128():x32}");

    private T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (FolderFaults.IsFault(error))
        {
            throw FolderFaults.Explain(error, _root);
        }
    }

    private void Guard(Action act) => Guard(() =>
    {
        act();
        return true;
    });
}
