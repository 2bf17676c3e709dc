using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Splits a file into lines and lines into bars without allocating strings.</summary>
internal sealed class BarRows(string path, Stream stream, BarBuffer bars, int limit)
{
    private const int BufferBytes = 1 << 20;
    private const int Decimals = 8;

    private BarColumns? _columns;
    private long _line;

    public long VolumesRounded { get; private set; }

    public void Read(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        var kept = 0;
        while (bars.Count < limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = ReadSome(buffer, kept);
            var filled = kept + read;
            var rest = buffer.AsSpan(0, filled);
            for (var end = rest.IndexOf((byte)'\n'); end >= 0 && bars.Count < limit; end = rest.IndexOf((byte)'\n'))
            {
                Take(rest[..end]);
                rest = rest[(end + 1)..];
            }

            if (read == 0)
            {
                if (!rest.IsEmpty && bars.Count < limit)
                {
                    Take(rest);
                }

                return;
            }

            if (rest.Length == buffer.Length)
            {
                throw Wrong($"a line is longer than {BufferBytes} bytes: this is not a CSV file of bars");
            }

            kept = rest.Length;
            rest.CopyTo(buffer);
        }
    }

    private int ReadSome(byte[] buffer, int kept)
    {
        try
        {
            return stream.Read(buffer, kept, buffer.Length - kept);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ObjectDisposedException))
        {
            throw Wrong($"the file is damaged or not of the format that its name says: {e.Message}");
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        _line++;
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (line.IsEmpty)
        {
            return;
        }

        if (_columns is null)
        {
            _columns = BarColumns.Parse(line, path);
            return;
        }

        bars.Add(Parse(line, _columns));
    }

    private Bar Parse(ReadOnlySpan<byte> line, BarColumns columns)
    {
        Span<int> ends = stackalloc int[columns.Last + 1];
        var count = FindEnds(line, ends);
        if (count < ends.Length)
        {
            throw Wrong($"{count} columns, the header has at least {ends.Length}");
        }

        var timeField = Field(line, ends, columns.Time);
        if (!BarTime.TryParse(Trim(timeField), out var time))
        {
            throw Wrong($"'{Text(timeField)}' is not a time: seconds, ms, µs or ns since 1970, or ISO 8601");
        }

        if (bars.Count > 0 && time <= bars.LastOpenTime)
        {
            throw Wrong($"time {time} is not after {bars.LastOpenTime} of the bar before: sort the rows and remove repeats");
        }

        var open = Price(Field(line, ends, columns.Open), "open");
        var high = Price(Field(line, ends, columns.High), "high");
        var low = Price(Field(line, ends, columns.Low), "low");
        var close = Price(Field(line, ends, columns.Close), "close");
        if (high < low || high < open || high < close || low > open || low > close)
        {
            throw Wrong($"high {high} and low {low} don't enclose open {open} and close {close}: are the columns named right?");
        }

        var volume = Volume(Field(line, ends, columns.Volume));
        return new Bar(time, TimeSpan.Zero, open, high, low, close, volume, Quantity.Zero, 0, volume.IsZero ? 0 : 1);
    }

    /// <summary>Finds the ends of the first fields, 32 bytes at a time, and returns how many there are.</summary>
    private static int FindEnds(ReadOnlySpan<byte> line, Span<int> ends)
    {
        var commas = Vector256.Create((byte)',');
        ref var first = ref MemoryMarshal.GetReference(line);
        var count = 0;
        var i = 0;
        for (; i + Vector256<byte>.Count <= line.Length; i += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)i), commas).ExtractMostSignificantBits();
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
            if (i == line.Length || line[i] == ',')
            {
                ends[count++] = i;
            }
        }

        return count;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int index)
    {
        var start = index == 0 ? 0 : ends[index - 1] + 1;
        return line[start..ends[index]];
    }

    private Price Price(ReadOnlySpan<byte> field, string name)
    {
        field = Trim(field);
        return Domain.Price.TryParse(field, out var price) && !price.IsZero
            ? price
            : TryDecimal(field, out var value) && value > 0 && decimal.Round(value, Decimals) == value && value < 9e10m
                ? Domain.Price.FromDecimal(value)
                : throw Wrong($"{name} '{Text(field)}' is not a price above 0 with at most {Decimals} decimals");
    }

    private Quantity Volume(ReadOnlySpan<byte> field)
    {
        field = Trim(field);
        if (Quantity.TryParse(field, out var volume))
        {
            return volume;
        }

        if (!TryDecimal(field, out var value) || value < 0 || value > 9e10m)
        {
            throw Wrong($"volume '{Text(field)}' is not a number of 0 or more");
        }

        VolumesRounded++;
        return Quantity.RoundDown(value);
    }

    private static bool TryDecimal(ReadOnlySpan<byte> field, out decimal value) =>
        decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) =>
        !field.IsEmpty && IsPlain(field[0]) && IsPlain(field[^1]) ? field : field.Trim(" \""u8);

    private static bool IsPlain(byte character) => character is not ((byte)' ' or (byte)'"');

    private static string Text(ReadOnlySpan<byte> field)
    {
        const int Shown = 40;
        return Encoding.UTF8.GetString(field[..Math.Min(Shown, field.Length)]);
    }

    private BarFileException Wrong(string what) => new($"{path}, line {Math.Max(1, _line)}: {what}");
}
