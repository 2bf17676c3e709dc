using System.Runtime.CompilerServices;

namespace BtcAgent.Domain;

/// <summary>
/// Parses and formats the 8-decimal fixed-point numbers of <see cref="Price"/> and <see cref="Quantity"/>.
/// </summary>
internal static class FixedPoint
{
    public const int Decimals = 8;
    public const long Scale = 100_000_000;

    /// <summary>Longest text that <see cref="TryFormat"/> writes: sign, 11 digits, point, 8 decimals.</summary>
    public const int MaxLength = 21;

    /// <summary>
    /// Parses <c>[-]digits[.digits]</c> in UTF-8. Accepts more than eight decimals only if the further ones are zeros, so
    /// that no digit is dropped.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long units)
    {
        units = 0;
        var i = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        if (negative)
        {
            i = 1;
        }

        ulong value = 0;
        var start = i;
        for (; i < utf8.Length; i++)
        {
            var digit = (uint)(utf8[i] - '0');
            if (digit > 9)
            {
                break;
            }

            if (value > long.MaxValue / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        if (i == start || value > long.MaxValue / Scale)
        {
            return false;
        }

        var decimals = 0;
        if (i < utf8.Length)
        {
            if (utf8[i] != (byte)'.' || i + 1 == utf8.Length)
            {
                return false;
            }

            for (i++; i < utf8.Length; i++)
            {
                var digit = (uint)(utf8[i] - '0');
                if (digit > 9 || (decimals == Decimals && digit != 0))
                {
                    return false;
                }

                if (decimals < Decimals)
                {
                    value = (value * 10) + digit;
                    decimals++;
                }
            }
        }

        for (; decimals < Decimals; decimals++)
        {
            value *= 10;
        }

        if (value > long.MaxValue)
        {
            return false;
        }

        units = negative ? -(long)value : (long)value;
        return true;
    }

    /// <summary>Writes the shortest exact form: <c>61837.63</c>, <c>0.00001</c>, <c>12</c>.</summary>
    public static bool TryFormat(long units, Span<byte> destination, out int written)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        var position = MaxLength;
        var magnitude = units < 0 ? (ulong)-units : (ulong)units;
        var fraction = magnitude % Scale;
        var whole = magnitude / Scale;
        if (fraction != 0)
        {
            var digits = Decimals;
            while (fraction % 10 == 0)
            {
                fraction /= 10;
                digits--;
            }

            for (; digits > 0; digits--)
            {
                buffer[--position] = (byte)('0' + (fraction % 10));
                fraction /= 10;
            }

            buffer[--position] = (byte)'.';
        }

        do
        {
            buffer[--position] = (byte)('0' + (whole % 10));
            whole /= 10;
        }
        while (whole != 0);

        if (units < 0)
        {
            buffer[--position] = (byte)'-';
        }

        written = MaxLength - position;
        if (!buffer[position..].TryCopyTo(destination))
        {
            written = 0;
            return false;
        }

        return true;
    }

    public static string Format(long units)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        TryFormat(units, buffer, out var written);
        return System.Text.Encoding.ASCII.GetString(buffer[..written]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out long units)
    {
        Span<byte> buffer = stackalloc byte[64];
        units = 0;
        return System.Text.Encoding.UTF8.TryGetBytes(text, buffer, out var length) && TryParse(buffer[..length], out units);
    }

    /// <summary>Exact conversion; throws when the value has more than eight decimals or does not fit.</summary>
    public static long FromDecimal(decimal value)
    {
        var scaled = value * Scale;
        if (scaled != decimal.Truncate(scaled))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "more than 8 decimals: round it explicitly first");
        }

        return decimal.ToInt64(scaled);
    }
}
