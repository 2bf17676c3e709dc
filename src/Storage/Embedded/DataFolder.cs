namespace BtcAgent.Storage.Embedded;

/// <summary>
/// A data folder, locked for this process until disposed. The operating system holds the lock, so it ends with the process in
/// any case.
/// </summary>
public sealed class DataFolder : IDisposable
{
    internal const string LockFileName = "agent.lock";

    /// <summary>Present while a restore replaces files: the folder may hold a mixture of two states.</summary>
    public const string RestoreMarker = "restore.unfinished";

    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile)
    {
        FullPath = path;
        this.lockFile = lockFile;
    }

    public string FullPath { get; }

    public string StatePath => Path.Combine(FullPath, "state.db");

    public string JournalPath => Path.Combine(FullPath, "journal.db");

    internal bool HasUnfinishedRestore => File.Exists(Path.Combine(FullPath, RestoreMarker));

    /// <exception cref="EmbeddedStoreException">
    /// The folder cannot be created or written, another process uses it, or a restore into it was interrupted.
    /// </exception>
    public static DataFolder Open(string path)
    {
        var folder = OpenForRestore(path);
        if (!folder.HasUnfinishedRestore)
        {
            return folder;
        }

        folder.Dispose();
        throw new EmbeddedStoreException(
            $"a restore into the data folder '{folder.FullPath}' was interrupted: run the same 'btcagent backup restore' again to finish it");
    }

    /// <summary>True while an agent uses the folder.</summary>
    public static bool IsInUse(string path)
    {
        var lockPath = Path.Combine(path, LockFileName);
        if (!File.Exists(lockPath))
        {
            return false;
        }

        try
        {
            using var lockFile = new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException error) when (IsHeldElsewhere(error))
        {
            return true;
        }
    }

    /// <summary>Opens a folder also after an interrupted restore.</summary>
    internal static DataFolder OpenForRestore(string path)
    {
        var fullPath = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(fullPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(fullPath, error);
        }

        try
        {
            var lockPath = Path.Combine(fullPath, LockFileName);
            return new(fullPath, new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unwritable(fullPath, error);
        }
        catch (IOException error) when (IsHeldElsewhere(error))
        {
            throw new EmbeddedStoreException(
                $"another BtcAgent uses the data folder '{fullPath}': stop it, or use another data folder for this one", error);
        }
        catch (IOException error)
        {
            throw Unwritable(fullPath, error);
        }
    }

    public void Dispose() => lockFile.Dispose();

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeldElsewhere(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    private static EmbeddedStoreException Unwritable(string path, Exception error) =>
        new($"cannot write to the data folder '{path}' ({error.Message}): correct its permissions, or choose another folder", error);
}
