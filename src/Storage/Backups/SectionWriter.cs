using System.Buffers.Binary;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Writes one section as frames: length (4 bytes, the highest bit marks the last frame), sealed content, tag. Disposal writes the
/// last frame.
/// </summary>
internal sealed class SectionWriter(Stream target, FrameSeal seal, ushort section) : Stream
{
    public const int FrameBytes = 1 << 16;
    public const uint LastMark = 1u << 31;

    private readonly byte[] _plain = new byte[FrameBytes];
    private readonly byte[] _sealed = new byte[sizeof(uint) + FrameBytes + FrameSeal.TagBytes];
    private int _count;
    private long _number;
    private bool _isDone;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_count == FrameBytes)
            {
                WriteFrame(isLast: false);
            }

            var taken = Math.Min(buffer.Length, FrameBytes - _count);
            buffer[..taken].CopyTo(_plain.AsSpan(_count));
            _count += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: a frame is written when it is full.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDone)
        {
            _isDone = true;
            WriteFrame(isLast: true);
        }

        base.Dispose(disposing);
    }

    private void WriteFrame(bool isLast)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_sealed, (uint)_count | (isLast ? LastMark : 0));
        seal.Close(
            _plain.AsSpan(0, _count), section, _number, isLast,
            _sealed.AsSpan(sizeof(uint), _count), _sealed.AsSpan(sizeof(uint) + _count, FrameSeal.TagBytes));
        target.Write(_sealed.AsSpan(0, sizeof(uint) + _count + FrameSeal.TagBytes));
        _number++;
        _count = 0;
    }
}
