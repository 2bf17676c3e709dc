using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BtcAgent.Domain.Snapshots;

/// <summary>Reads what a <see cref="StateWriter"/> wrote, in the same order.</summary>
public sealed class StateReader(ReadOnlyMemory<byte> state)
{
    private int _at;

    /// <exception cref="StateFormatException">The class was saved by another version.</exception>
    public void Version(string type, byte version) => Require($"version of {type}", ReadByte(), version);

    /// <summary>Requires that a setting of the saved state equals this object's.</summary>
    /// <exception cref="StateFormatException">They differ.</exception>
    public void Require(string what, long saved, long here)
    {
        if (saved != here)
        {
            throw new StateFormatException(
                string.Create(CultureInfo.InvariantCulture, $"{what}: the state was saved with {saved}, this program has {here}"));
        }
    }

    /// <summary>As <see cref="Require(string, long, long)"/>; NaN equals NaN.</summary>
    public void Require(string what, double saved, double here)
    {
        if (!saved.Equals(here))
        {
            throw new StateFormatException(
                string.Create(CultureInfo.InvariantCulture, $"{what}: the state was saved with {saved:R}, this program has {here:R}"));
        }
    }

    /// <exception cref="StateFormatException">More was saved than is read: another version saved it.</exception>
    public void End()
    {
        if (_at != state.Length)
        {
            throw new StateFormatException($"{state.Length - _at} bytes of the state are left over: another version saved it");
        }
    }

    public byte ReadByte() => Take(1)[0];

    public bool ReadBool() => ReadByte() != 0;

    public int ReadInt() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadLong() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public Int128 ReadInt128()
    {
        var upper = ReadLong();
        return ((Int128)upper << 64) | (ulong)ReadLong();
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadLong());

    /// <exception cref="StateFormatException">The bytes are not a decimal.</exception>
    public decimal ReadDecimal()
    {
        Span<int> parts = [ReadInt(), ReadInt(), ReadInt(), ReadInt()];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException e)
        {
            throw new StateFormatException($"the state has no decimal where one is expected: {e.Message}");
        }
    }

    public Timestamp ReadTimestamp() => new(ReadLong());

    public TimeSpan ReadTimeSpan() => TimeSpan.FromTicks(ReadLong());

    public Price ReadPrice() => Price.FromUnits(NotNegative("price", ReadLong()));

    public Quantity ReadQuantity() => Quantity.FromUnits(NotNegative("quantity", ReadLong()));

    /// <summary>Reads the number of items that follow.</summary>
    /// <exception cref="StateFormatException">The number is negative or too large.</exception>
    public int ReadCount(string what, int max) => ReadInt() is var count && count >= 0 && count <= max
        ? count
        : throw new StateFormatException($"{what}: {count} of them, 0 to {max} are possible");

    /// <summary>Reads an index of an array.</summary>
    /// <exception cref="StateFormatException">The index is out of range.</exception>
    public int ReadIndex(string what, int length) => ReadCount(what, Math.Max(length - 1, 0));

    /// <exception cref="StateFormatException">The text is longer than the state.</exception>
    public string ReadText(string what) => Encoding.UTF8.GetString(Take(ReadCount($"bytes of {what}", state.Length - _at)));

    public void Read(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = ReadDouble();
        }
    }

    private static long NotNegative(string what, long units) =>
        units >= 0 ? units : throw new StateFormatException($"the state holds a {what} below zero: {units}");

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (state.Length - _at < bytes)
        {
            throw new StateFormatException($"the state ends after {state.Length} bytes, in the middle");
        }

        var taken = state.Span.Slice(_at, bytes);
        _at += bytes;
        return taken;
    }
}
