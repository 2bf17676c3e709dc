using System.Buffers.Text;
using System.Globalization;

namespace BtcAgent.Research.Bars.Times;

/// <summary>Reads times that are numbers. A time outside 2009…2200 is not one: its number means something else.</summary>
internal static class NumberTime
{
    /// <summary>First and last second of the years 2009 to 2200; bitcoin began in 2009.</summary>
    public const long SecondsMin = 1_230_768_000;
    public const long SecondsMax = 7_289_654_399;

    private const int ExcelDayMin = 39_814;
    private const int ExcelDayMax = 109_939;

    /// <summary>Excel stores whole seconds only up to the noise of its fractions.</summary>
    private const double SecondsPerDay = 86_400;

    private static readonly DateTime ExcelStart = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);

    public static bool TryReadEpoch(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long number, out var used))
        {
            return false;
        }

        var scale = number switch
        {
            >= SecondsMin and <= SecondsMax => 1_000_000_000L,
            >= SecondsMin * 1_000 and < (SecondsMax + 1) * 1_000 => 1_000_000,
            >= SecondsMin * 1_000_000 and < (SecondsMax + 1) * 1_000_000 => 1_000,
            >= SecondsMin * 1_000_000_000 and < (SecondsMax + 1) * 1_000_000_000 => 1L,
            _ => 0L,
        };
        if (scale == 0)
        {
            return false;
        }

        long fraction = 0;
        if (used != text.Length && !TryReadFraction(text[used..], scale, out fraction))
        {
            return false;
        }

        time = new Timestamp((number * scale) + fraction);
        return true;
    }

    public static bool TryReadExcel(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out double days, out var used) || used != text.Length || text.ContainsAny("eE"u8)
            || !(days is >= ExcelDayMin and < ExcelDayMax + 1))
        {
            return false;
        }

        time = Timestamp.FromDateTimeOffset(ExcelStart.AddSeconds(Math.Round(days * SecondsPerDay)));
        return true;
    }

    /// <summary>Reads <c>yyyyMMdd</c>, with hours and minutes, and with seconds.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (text.Length is not (8 or 12 or 14) || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        return WrittenTime.TryMake(
            Part(text, 0, 4), Part(text, 4, 2), Part(text, 6, 2), Part(text, 8, 2), Part(text, 10, 2), Part(text, 12, 2), 0, out time);
    }

    /// <summary>Returns true for <c>yyyyMMddHH</c>, whose numbers are also seconds of the years from 2033.</summary>
    public static bool MayBeDateAndHour(ReadOnlySpan<byte> text) =>
        text.Length == 10 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && WrittenTime.TryMake(Part(text, 0, 4), Part(text, 4, 2), Part(text, 6, 2), Part(text, 8, 2), 0, 0, 0, out _);

    /// <summary>Returns the instant that a number of seconds would be, for messages.</summary>
    public static string? AsSeconds(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length && number is >= 0 and < SecondsMin
            ? DateTimeOffset.FromUnixTimeSeconds(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    private static int Part(ReadOnlySpan<byte> digits, int start, int length)
    {
        var value = 0;
        for (var i = start; i < Math.Min(start + length, digits.Length); i++)
        {
            value = (value * 10) + digits[i] - '0';
        }

        return value;
    }

    /// <summary>Reads the decimals of a number as ns; some writers give seconds as <c>1420070400.0</c>.</summary>
    private static bool TryReadFraction(ReadOnlySpan<byte> text, long scale, out long fraction)
    {
        fraction = 0;
        if (text[0] != '.' || text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var unit = scale;
        foreach (var digit in text[1..])
        {
            unit /= 10;
            fraction += (digit - '0') * unit;
        }

        return true;
    }
}
