using System.Buffers.Binary;

namespace BtcAgent.Storage.Backups;

/// <summary>Reads one section of a backup, and ends with it; see <see cref="SectionWriter"/>.</summary>
/// <param name="source">The backup, at the section's beginning.</param>
/// <param name="seal">Checks each frame before any of its bytes is used.</param>
/// <param name="section">Number of the section.</param>
/// <param name="damaged">Creates the error with the reason.</param>
internal sealed class SectionReader(Stream source, FrameSeal seal, ushort section, Func<string, Exception> damaged) : Stream
{
    private readonly byte[] _sealed = new byte[SectionWriter.FrameBytes + FrameSeal.TagBytes];
    private readonly byte[] _plain = new byte[SectionWriter.FrameBytes];
    private int _at;
    private int _count;
    private long _number;
    private bool _wasLast;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_at == _count)
        {
            if (_wasLast)
            {
                return 0;
            }

            ReadFrame();
        }

        var taken = Math.Min(buffer.Length, _count - _at);
        _plain.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void ReadFrame()
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        Fill(length);
        var word = BinaryPrimitives.ReadUInt32LittleEndian(length);
        (_count, _wasLast, _at) = ((int)(word & ~SectionWriter.LastMark), (word & SectionWriter.LastMark) != 0, 0);
        if (_count > SectionWriter.FrameBytes)
        {
            throw damaged($"frame {_number} has a wrong length");
        }

        var frame = _sealed.AsSpan(0, _count + FrameSeal.TagBytes);
        Fill(frame);
        if (!seal.TryOpen(frame[.._count], frame[_count..], section, _number, _wasLast, _plain.AsSpan(0, _count)))
        {
            throw damaged($"frame {_number} has changed");
        }

        _number++;
    }

    private void Fill(Span<byte> buffer)
    {
        if (source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw damaged("it ends too early");
        }
    }
}
