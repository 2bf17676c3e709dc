using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BtcAgent.Research.Bars;

/// <summary>
/// Reads the time of a bar. A whole number is seconds, milliseconds, microseconds or nanoseconds since 1970 UTC,
/// distinguished by its size: each unit covers the years 1973 to 2262 without overlap. Other text is ISO 8601, UTC without
/// a zone.
/// </summary>
internal static class BarTime
{
    private const long SecondsMax = 100_000_000_000;

    /// <summary>Last full year that 64 bits of nanoseconds since 1970 can hold.</summary>
    private const int YearMax = 2261;

    public static bool TryParse(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (Utf8Parser.TryParse(text, out long number, out var used) && (used == text.Length || IsZeroFraction(text[used..])))
        {
            var scale = number switch
            {
                <= 0 => 0,
                < SecondsMax => 1_000_000_000,
                < SecondsMax * 1_000 => 1_000_000,
                < SecondsMax * 1_000_000 => 1_000,
                _ => 1L,
            };
            if (scale == 0 || number > long.MaxValue / scale)
            {
                return false;
            }

            time = new Timestamp(number * scale);
            return true;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, Utc, out var date)
            || date < DateTimeOffset.UnixEpoch || date.Year > YearMax)
        {
            return false;
        }

        time = Timestamp.FromDateTimeOffset(date);
        return true;
    }

    /// <summary>Some writers give seconds as <c>1420070400.0</c>.</summary>
    private static bool IsZeroFraction(ReadOnlySpan<byte> rest) => rest[0] == '.' && !rest[1..].ContainsAnyExcept((byte)'0');
}
