using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BtcAgent.History.Log.Local;

/// <summary>Reads the records of one segment file in order, while another thread may append to it.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int BlockLength = 256 * 1024;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockLength);
    private long _blockAt;
    private int _blockLength;

    /// <param name="path">Path of the file.</param>
    /// <param name="firstOffset">Offset of its first record, as its name says.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public SegmentReader(string path, long firstOffset)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Offset = firstOffset;
        Position = SegmentFormat.HeaderLength;
    }

    /// <summary>Offset of the next record.</summary>
    public long Offset { get; private set; }

    /// <summary>Place of the next record in the file.</summary>
    public long Position { get; private set; }

    /// <summary>Why the last read ended before the end of the file; null when it did not.</summary>
    public string? Damage { get; private set; }

    /// <summary>Continues at a place that an earlier reader has reached.</summary>
    public void Seek(long offset, long position) => (Offset, Position) = (offset, position);

    /// <summary>Reads the next record; null at the end, or at a damaged record: <see cref="Damage"/> then has the reason.</summary>
    /// <param name="end">Length of the file up to which records are complete.</param>
    public LogEntry? Read(long end)
    {
        Damage = null;
        var left = end - Position;
        if (left <= 0)
        {
            Damage = end < SegmentFormat.HeaderLength ? $"'{_path}' has {Math.Max(0, end)} bytes, less than its header" : null;
            return null;
        }

        if (left < SegmentFormat.PrefixLength || Bytes(SegmentFormat.PrefixLength) is not { IsEmpty: false } prefix)
        {
            Damage = $"'{_path}' ends within a record at byte {Position}";
            return null;
        }

        if (SegmentFormat.BodyLength(prefix) is not { } length)
        {
            Damage = $"'{_path}' has no record at byte {Position}";
            return null;
        }

        if (left - SegmentFormat.PrefixLength < length || Bytes(SegmentFormat.PrefixLength + length) is not { IsEmpty: false } record)
        {
            Damage = $"'{_path}' ends within a record at byte {Position}";
            return null;
        }

        if (SegmentFormat.Read(record[..SegmentFormat.PrefixLength], record[SegmentFormat.PrefixLength..], Offset) is not { } entry)
        {
            Damage = $"'{_path}' has a damaged record at byte {Position}";
            return null;
        }

        Offset++;
        Position += record.Length;
        return entry;
    }

    /// <summary>Steps over a record whose content is damaged, if its length is not: the next record, or the end, is where it says.</summary>
    /// <param name="end">Length of the file up to which records are complete.</param>
    public bool TrySkip(long end)
    {
        var (offset, position, damage) = (Offset, Position, Damage);
        if (end - position >= SegmentFormat.PrefixLength
            && Bytes(SegmentFormat.PrefixLength) is { IsEmpty: false } prefix && SegmentFormat.BodyLength(prefix) is { } length
            && position + SegmentFormat.PrefixLength + length is var after && after <= end)
        {
            Seek(offset + 1, after);
            if (after == end || Read(end) is not null)
            {
                Seek(offset + 1, after);
                Damage = null;
                return true;
            }
        }

        Seek(offset, position);
        Damage = damage;
        return false;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }
    }

    /// <returns>Nothing when the file has become shorter since its length was noted.</returns>
    private ReadOnlySpan<byte> Bytes(int length)
    {
        if (Position < _blockAt || Position + length > _blockAt + _blockLength)
        {
            if (_block.Length < length)
            {
                ArrayPool<byte>.Shared.Return(_block);
                _block = ArrayPool<byte>.Shared.Rent(length);
            }

            _blockAt = Position;
            _blockLength = RandomAccess.Read(_file, _block, Position);
            if (_blockLength < length)
            {
                return [];
            }
        }

        return _block.AsSpan((int)(Position - _blockAt), length);
    }
}
