namespace BtcAgent.Storage.Backups;

/// <summary>
/// A folder for the uncompressed parts of a backup, closed to other users and deleted when disposed; that of a process that was
/// killed is deleted by the next one.
/// </summary>
internal sealed class BackupStaging : IDisposable
{
    private const string Prefix = ".backup-staging-";
    private const string LockName = "lock";

    private static int s_count;

    private readonly FileStream _lock;

    private BackupStaging(string path)
    {
        Root = path;
        Files = Path.Combine(path, "files");
        CreatePrivate(path);
        _lock = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Directory.CreateDirectory(Files);
    }

    public string Root { get; }

    /// <summary>Folder of the parts.</summary>
    public string Files { get; }

    /// <param name="parent">An existing folder.</param>
    public static BackupStaging Create(string parent)
    {
        foreach (var old in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            DeleteAbandoned(old);
        }

        return new BackupStaging(Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}"));
    }

    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static void DeleteAbandoned(string path)
    {
        try
        {
            // The operating system ends the lock with its process.
            using (new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process uses it, or has just deleted it.
            return;
        }
    }
}
