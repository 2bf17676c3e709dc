namespace BtcAgent.Storage.Files;

/// <summary>
/// Writes a file atomically: to a temporary file beside it, flushed to disk, then renamed. Without <see cref="Commit"/> (an
/// error, Ctrl-C) the old file remains, or none.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private static int s_count;

    private readonly string _path;
    private readonly string _part;
    private FileStream? _stream;

    /// <param name="path">Path of the file; its folder is created.</param>
    /// <param name="mode">Mode of the file on Unix; null for what the process's mask leaves.</param>
    /// <exception cref="IOException">The folder or file cannot be written.</exception>
    public AtomicFile(string path, UnixFileMode? mode = null)
    {
        _path = Path.GetFullPath(path);
        // Unique: two writers of one path must not share their temporary file.
        _part = $"{_path}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count)}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        _stream = new FileStream(_part, options);
    }

    public Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(AtomicFile));

    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new AtomicFile(path);
        file.Stream.Write(bytes);
        file.Commit();
    }

    public void Commit()
    {
        Close();
        File.Move(_part, _path, overwrite: true);
    }

    /// <summary>Commits unless the path has a file; then returns false, and leaves it unchanged.</summary>
    public bool TryCommitNew()
    {
        Close();
        try
        {
            // Creates a link, which fails when the path exists: of two writers only one succeeds.
            File.Move(_part, _path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(_path))
        {
            File.Delete(_part);
            return false;
        }
    }

    public void Dispose()
    {
        if (_stream is { } stream)
        {
            stream.Dispose();
            _stream = null;
            File.Delete(_part);
        }
    }

    private void Close()
    {
        var stream = _stream ?? throw new ObjectDisposedException(nameof(AtomicFile));
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        _stream = null;
    }
}
