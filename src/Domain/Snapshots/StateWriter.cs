using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BtcAgent.Domain.Snapshots;

/// <summary>Writes a state as bytes: numbers little-endian, floating point bit by bit, without separators.</summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Begins the state of a class; only the same version of the class can read it.</summary>
    public void Version(byte version) => Write(version);

    public void Write(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Write(ulong value) => Write((long)value);

    public void Write(Int128 value)
    {
        Write((long)(value >> 64));
        Write((long)(ulong)(value & ulong.MaxValue));
    }

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts)
        {
            Write(part);
        }
    }

    public void Write(Timestamp value) => Write(value.UnixNanoseconds);

    public void Write(TimeSpan value) => Write(value.Ticks);

    public void Write(Price value) => Write(value.Units);

    public void Write(Quantity value) => Write(value.Units);

    /// <summary>Writes the length in bytes, and the text as UTF-8.</summary>
    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Write(bytes);
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    /// <summary>Writes values whose number the reader knows.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Write(value);
        }
    }
}
