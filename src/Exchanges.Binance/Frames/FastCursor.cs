using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// Reads text whose layout is known in advance. Returns false at the first byte that differs; the caller then reads the
/// frame again with <see cref="JsonCursor"/>, which accepts any layout and reports what is wrong.
/// </summary>
internal ref struct FastCursor(ReadOnlySpan<byte> text)
{
    private const ulong AsciiZeros = 0x3030303030303030;
    private const int BlockDigits = 8;
    private static readonly long[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    public readonly bool AtEnd => _position == _text.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Skip(scoped ReadOnlySpan<byte> literal)
    {
        if (!_text[_position..].StartsWith(literal))
        {
            return false;
        }

        _position += literal.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Skip(byte expected)
    {
        if ((uint)_position >= (uint)_text.Length || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>At most sixteen digits, enough for every id and time of this venue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadInteger(out long value)
    {
        value = 0;
        if (!TryLoad(_position, out var block))
        {
            return false;
        }

        var digits = LeadingDigits(block);
        if (digits < BlockDigits)
        {
            value = PartValue(block, digits);
            _position += digits;
            return digits > 0;
        }

        _position += BlockDigits;
        if (!TryLoad(_position, out var next) || (digits = LeadingDigits(next)) == BlockDigits)
        {
            return false;
        }

        value = (BlockValue(block) * PowersOfTen[digits]) + PartValue(next, digits);
        _position += digits;
        return true;
    }

    /// <summary>One to seven digits, a point and exactly eight decimals, in units of 1e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadDecimal(out long units)
    {
        units = 0;
        if (!TryLoad(_position, out var block))
        {
            return false;
        }

        var digits = LeadingDigits(block);
        if (digits is 0 or BlockDigits
            || _text[_position + digits] != (byte)'.'
            || !TryLoad(_position + digits + 1, out var fraction)
            || LeadingDigits(fraction) != BlockDigits)
        {
            return false;
        }

        units = (PartValue(block, digits) * Price.UnitsPerWhole) + BlockValue(fraction);
        _position += digits + 1 + BlockDigits;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryLoad(int position, out ulong block) =>
        BinaryPrimitives.TryReadUInt64LittleEndian(_text[position..], out block);

    /// <summary>
    /// Counts the digits before the first other byte. After '0' is subtracted, a byte above 9 carries into its own top bit;
    /// a carry out of a byte can only corrupt later bytes, which do not count.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LeadingDigits(ulong block)
    {
        var values = block ^ AsciiZeros;
        var others = ((values + 0x7676767676767676) | values) & 0x8080808080808080;
        return BitOperations.TrailingZeroCount(others) >> 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long PartValue(ulong block, int digits) =>
        digits == 0 ? 0 : Combine((block ^ AsciiZeros) << (64 - (digits << 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long BlockValue(ulong block) => Combine(block ^ AsciiZeros);

    /// <summary>Combines eight digit values, the first in the lowest byte, in pairs: 1 → 2 → 4 → 8 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Combine(ulong digits)
    {
        const ulong Pairs = 0x000000FF000000FF;
        var pairs = (digits * 10) + (digits >> 8);
        return (long)((((pairs & Pairs) * 0x000F424000000064) + (((pairs >> 16) & Pairs) * 0x0000271000000001)) >> 32);
    }
}
