namespace BtcAgent.Research.Bars.Times;

/// <summary>
/// Reads a date with separators, <c>2021-01-31</c>, <c>31/01/2021</c> or <c>Jan 31, 2021</c>, and a time of day if one
/// follows: <c>09:30</c>, <c>T09:30:00.123Z</c>, <c>09:30:00+01:00</c>, <c>09-AM</c>. Without a zone it is UTC.
/// </summary>
internal ref struct WrittenTime
{
    private const int YearMin = 1980;
    private const int YearMax = 2200;
    private const int NanosecondDigits = 9;

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private ReadOnlySpan<byte> _rest;

    private WrittenTime(ReadOnlySpan<byte> text) => _rest = text;

    public static bool TryRead(ReadOnlySpan<byte> text, DateOrder order, out Timestamp time)
    {
        time = default;
        var reading = new WrittenTime(text);
        if (!reading.TryReadDate(out var first, out var second, out var third, out var named))
        {
            return false;
        }

        var (year, month, day) = named ? (third, first, second)
            : first > 31 ? (first, second, third)
            : order == DateOrder.Day ? (third, second, first)
            : (third, first, second);
        return (named || first > 31 || order != DateOrder.Year)
            && reading.TryReadClock(out var hour, out var minute, out var seconds, out var nanoseconds)
            && reading.TryReadZone(out var offset)
            && TryMake(year, month, day, hour, minute, seconds, nanoseconds, out time)
            && TryShift(ref time, offset);
    }

    /// <summary>Returns the first two numbers of a date whose year comes last and whose month has no name.</summary>
    public static bool TryReadUnnamed(ReadOnlySpan<byte> text, out int first, out int second)
    {
        var reading = new WrittenTime(text);
        return reading.TryReadDate(out first, out second, out _, out var named) && !named && first <= 31;
    }

    public static bool TryMake(int year, int month, int day, int hour, int minute, int second, int nanoseconds, out Timestamp time)
    {
        time = default;
        if (year is < YearMin or > YearMax || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        time = new Timestamp(Timestamp.FromDateTimeOffset(ticks).UnixNanoseconds + nanoseconds);
        return true;
    }

    /// <summary>With a named month the parts are month, day and year, whatever their order in the text.</summary>
    private bool TryReadDate(out int first, out int second, out int third, out bool named)
    {
        (second, third) = (0, 0);
        var month = TryReadMonth();
        named = month > 0;
        if (!TryReadNumber(out first, out var digits))
        {
            return false;
        }

        if (digits == 8)
        {
            (first, second, third) = (first / 10_000, first / 100 % 100, first % 100);
            return true;
        }

        SkipSeparators();
        if (!named && (month = TryReadMonth()) > 0)
        {
            named = true;
            SkipSeparators();
        }
        else if (!named && (!TryReadNumber(out second, out var length) || length > 2 || !SkipSeparators()))
        {
            return false;
        }

        if (!TryReadNumber(out third, out var last) || (digits == 4 ? last > 2 : digits > 2 || last != 4))
        {
            return false;
        }

        if (named)
        {
            (first, second, third) = digits == 4 ? (month, third, first) : (month, first, third);
        }

        return true;
    }

    private bool TryReadClock(out int hour, out int minute, out int second, out int nanoseconds)
    {
        (hour, minute, second, nanoseconds) = (0, 0, 0, 0);
        _rest = _rest.TrimStart(" T:,;"u8);
        if (_rest.IsEmpty || !TryReadNumber(out hour, out var digits))
        {
            return _rest.IsEmpty || IsZone(_rest[0]);
        }

        if (digits is 4 or 6)
        {
            (hour, minute, second) = digits == 4 ? (hour / 100, hour % 100, 0) : (hour / 10_000, hour / 100 % 100, hour % 100);
        }
        else if (digits > 2 || (Skip(':') && !TryReadNumber(out minute, out _)) || (Skip(':') && !TryReadNumber(out second, out _)))
        {
            return false;
        }

        return ((!Skip('.') && !Skip(',')) || TryReadNanoseconds(out nanoseconds)) && TryReadHalf(ref hour);
    }

    private static bool IsZone(byte letter) => letter is (byte)'Z' or (byte)'+' or (byte)'U' or (byte)'G';

    private bool TryReadNanoseconds(out int nanoseconds)
    {
        nanoseconds = 0;
        var digits = 0;
        for (; !_rest.IsEmpty && char.IsAsciiDigit((char)_rest[0]); _rest = _rest[1..])
        {
            nanoseconds = digits++ < NanosecondDigits ? (nanoseconds * 10) + _rest[0] - '0' : nanoseconds;
        }

        for (var i = digits; i < NanosecondDigits; i++)
        {
            nanoseconds *= 10;
        }

        return digits > 0;
    }

    /// <summary>AM or PM, also behind a dash, as in <c>09-AM</c>.</summary>
    private bool TryReadHalf(ref int hour)
    {
        var letters = _rest.TrimStart(" -"u8);
        if (letters.Length < 2 || (letters[1] | 0x20) != 'm' || (letters[0] | 0x20) is not ('a' or 'p'))
        {
            return true;
        }

        _rest = letters[2..];
        if (hour is < 1 or > 12)
        {
            return false;
        }

        hour = (hour % 12) + ((letters[0] | 0x20) == 'p' ? 12 : 0);
        return true;
    }

    private bool TryReadZone(out int offsetMinutes)
    {
        offsetMinutes = 0;
        _rest = _rest.Trim((byte)' ');
        if (_rest.IsEmpty || _rest is [(byte)'Z'] || _rest.SequenceEqual("UTC"u8) || _rest.SequenceEqual("GMT"u8))
        {
            return true;
        }

        _rest = _rest.StartsWith("GMT"u8) || _rest.StartsWith("UTC"u8) ? _rest[3..] : _rest;
        var sign = Skip('+') ? 1 : Skip('-') ? -1 : 0;
        if (sign == 0 || !TryReadNumber(out var hours, out var digits))
        {
            return false;
        }

        var minutes = digits == 4 ? hours % 100 : 0;
        hours = digits == 4 ? hours / 100 : hours;
        offsetMinutes = sign * ((hours * 60) + minutes);
        return Skip(':') ? TryReadMinutes(sign, ref offsetMinutes) : _rest.IsEmpty && hours <= 14;
    }

    private bool TryReadMinutes(int sign, ref int offsetMinutes)
    {
        var read = TryReadNumber(out var minutes, out _);
        offsetMinutes += sign * minutes;
        return read && _rest.IsEmpty && minutes < 60 && Math.Abs(offsetMinutes) <= 14 * 60;
    }

    private static bool TryShift(ref Timestamp time, int offsetMinutes)
    {
        time -= TimeSpan.FromMinutes(offsetMinutes);
        return true;
    }

    private int TryReadMonth()
    {
        for (var month = 0; month < Months.Length && _rest.Length >= 3; month++)
        {
            var name = Months[month];
            if ((_rest[0] | 0x20) == name[0] && (_rest[1] | 0x20) == name[1] && (_rest[2] | 0x20) == name[2])
            {
                var end = _rest.IndexOfAny(" -/.,"u8);
                _rest = end < 0 ? [] : _rest[end..];
                SkipSeparators();
                return month + 1;
            }
        }

        return 0;
    }

    private bool TryReadNumber(out int value, out int digits)
    {
        (value, digits) = (0, 0);
        for (; !_rest.IsEmpty && char.IsAsciiDigit((char)_rest[0]) && digits < 9; _rest = _rest[1..], digits++)
        {
            value = (value * 10) + _rest[0] - '0';
        }

        return digits > 0;
    }

    private bool SkipSeparators()
    {
        var before = _rest.Length;
        _rest = _rest.TrimStart(" -/.,"u8);
        return _rest.Length < before;
    }

    private bool Skip(char letter)
    {
        if (_rest.IsEmpty || _rest[0] != letter)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
