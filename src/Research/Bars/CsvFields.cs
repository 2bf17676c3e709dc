using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace BtcAgent.Research.Bars;

/// <summary>Splits lines into fields. A separator between quotes is part of its field.</summary>
internal static class CsvFields
{
    private const byte Quote = (byte)'"';

    /// <summary>Finds the ends of the first fields, 32 bytes at a time, and returns how many there are.</summary>
    public static int FindEnds(ReadOnlySpan<byte> line, byte separator, Span<int> ends)
    {
        if (line.Contains(Quote))
        {
            return FindQuotedEnds(line, separator, ends);
        }

        var separators = Vector256.Create(separator);
        ref var first = ref MemoryMarshal.GetReference(line);
        var count = 0;
        var i = 0;
        for (; i + Vector256<byte>.Count <= line.Length; i += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)i), separators).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                ends[count++] = i + BitOperations.TrailingZeroCount(found);
                if (count == ends.Length)
                {
                    return count;
                }
            }
        }

        for (; i <= line.Length && count < ends.Length; i++)
        {
            if (i == line.Length || line[i] == separator)
            {
                ends[count++] = i;
            }
        }

        return count;
    }

    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int index)
    {
        var start = index == 0 ? 0 : ends[index - 1] + 1;
        return line[start..ends[index]];
    }

    /// <summary>Removes quotes and spaces around a field.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) =>
        !field.IsEmpty && IsPlain(field[0]) && IsPlain(field[^1]) ? field : field.Trim(" \""u8);

    private static bool IsPlain(byte letter) => letter is not ((byte)' ' or Quote);

    /// <summary>Returns the text of every field, without quotes and spaces around it.</summary>
    public static string[] Split(ReadOnlySpan<byte> line, byte separator)
    {
        const int FieldsMax = 256;
        Span<int> ends = stackalloc int[FieldsMax];
        var count = FindEnds(line, separator, ends);
        var fields = new string[count];
        for (var i = 0; i < count; i++)
        {
            fields[i] = Encoding.UTF8.GetString(line[(i == 0 ? 0 : ends[i - 1] + 1)..ends[i]].Trim(" \""u8));
        }

        return fields;
    }

    /// <summary>Counts the fields after the first ones that are not blank.</summary>
    public static int CountFilled(ReadOnlySpan<byte> rest, byte separator)
    {
        var count = 0;
        foreach (var range in rest.Split(separator))
        {
            count += rest[range].Trim(" \r"u8).IsEmpty ? 0 : 1;
        }

        return count;
    }

    private static int FindQuotedEnds(ReadOnlySpan<byte> line, byte separator, Span<int> ends)
    {
        var count = 0;
        var quoted = false;
        for (var i = 0; i <= line.Length && count < ends.Length; i++)
        {
            if (i == line.Length || (line[i] == separator && !quoted))
            {
                ends[count++] = i;
            }
            else if (line[i] == Quote)
            {
                quoted = !quoted;
            }
        }

        return count;
    }
}
