using System.IO.Compression;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Writes one tape. Flushes through the compressor to the operating system once per second of receive time, so that the
/// file of a killed process can be read up to the last flush.
/// </summary>
public sealed class TapeWriter : IDisposable
{
    /// <summary>Receive time between two flushes: one second.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private const int TimeDigitsMax = 20;

    private readonly FileStream _file;
    private readonly GZipStream _gzip;
    private byte[] _line = new byte[4 * 1024];
    private Timestamp _flushed;

    /// <exception cref="IOException">The file exists, or cannot be created.</exception>
    public TapeWriter(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _gzip = new GZipStream(_file, CompressionLevel.Fastest);
        Path = path;
    }

    public string Path { get; }

    /// <exception cref="IOException">The disk is full or unavailable.</exception>
    public void Append(Timestamp receiveTime, ReadOnlySpan<byte> frame)
    {
        var needed = TimeDigitsMax + 2 + frame.Length;
        if (_line.Length < needed)
        {
            Array.Resize(ref _line, Math.Max(needed, _line.Length * 2));
        }

        receiveTime.UnixNanoseconds.TryFormat(_line, out var length);
        _line[length++] = (byte)' ';
        var text = _line.AsSpan(length, frame.Length);
        frame.CopyTo(text);
        text.Replace((byte)'\n', (byte)' '); // JSON contains raw line feeds only as white space
        length += frame.Length;
        _line[length++] = (byte)'\n';
        _gzip.Write(_line, 0, length);
        if (!_flushed.IsKnown || receiveTime - _flushed >= FlushInterval)
        {
            Flush();
            _flushed = receiveTime;
        }
    }

    /// <exception cref="IOException">The disk is full or unavailable.</exception>
    public void Flush()
    {
        _gzip.Flush();
        _file.Flush();
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _file.Dispose();
    }
}
