namespace BtcAgent.Storage.Files;

/// <summary>
/// Writes a file atomically: to a temporary file beside it, flushed to disk, then renamed. Without <see cref="Commit"/> (an
/// error, Ctrl-C) the old file remains, or none.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _part;
    private FileStream? _stream;

    /// <param name="path">Path of the file; its folder is created.</param>
    /// <exception cref="IOException">The folder or file cannot be written.</exception>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _part = $"{_path}.{Environment.ProcessId}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _stream = new FileStream(_part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
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
        var stream = _stream ?? throw new ObjectDisposedException(nameof(AtomicFile));
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        _stream = null;
        File.Move(_part, _path, overwrite: true);
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
}
