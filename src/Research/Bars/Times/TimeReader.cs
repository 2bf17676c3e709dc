using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BtcAgent.Research.Bars.Times;

/// <summary>Reads the times of one file, all written in the same way.</summary>
internal sealed class TimeReader
{
    /// <summary>Values for <c>--time-format</c>, for messages.</summary>
    public const string Formats = "s, ms, us, ns, excel, yyyyMMdd, dd/MM/yyyy, MM/dd/yyyy or a .NET pattern such as yyyyMMddHH";

    private readonly DateOrder _order;
    private readonly string _pattern = "";
    private readonly long _unit;

    private TimeReader(TimeKind kind, DateOrder order = DateOrder.Year)
    {
        Kind = kind;
        _order = order;
    }

    private TimeReader(string pattern)
        : this(TimeKind.Pattern) => _pattern = pattern;

    private TimeReader(long unit)
        : this(TimeKind.Epoch) => _unit = unit;

    public TimeKind Kind { get; }

    /// <summary>The assumption made about the times; null for none.</summary>
    public string? Remark { get; private init; }

    public bool TryRead(ReadOnlySpan<byte> text, out Timestamp time) => Kind switch
    {
        TimeKind.Epoch when _unit == 0 => NumberTime.TryReadEpoch(text, out time),
        TimeKind.Epoch => TryReadUnit(text, out time),
        TimeKind.Digits => NumberTime.TryReadDigits(text, out time),
        TimeKind.Excel => NumberTime.TryReadExcel(text, out time),
        TimeKind.Written => WrittenTime.TryRead(text, _order, out time),
        _ => TryReadPattern(text, out time),
    };

    /// <summary>Reads the value of <c>--time-format</c>.</summary>
    public static TimeReader Of(string format) => format switch
    {
        "s" => new TimeReader(1_000_000_000L),
        "ms" => new TimeReader(1_000_000L),
        "us" => new TimeReader(1_000L),
        "ns" => new TimeReader(1L),
        "excel" => new TimeReader(TimeKind.Excel),
        "yyyyMMdd" or "yyyyMMddHHmm" or "yyyyMMddHHmmss" => new TimeReader(TimeKind.Digits),
        _ when format.Contains('H', StringComparison.Ordinal) || format.Contains('h', StringComparison.Ordinal) => new TimeReader(format),
        _ when format.StartsWith('d') => new TimeReader(TimeKind.Written, DateOrder.Day),
        _ when format.StartsWith('M') => new TimeReader(TimeKind.Written, DateOrder.Month),
        _ => new TimeReader(format),
    };

    /// <summary>Determines how a file writes its times.</summary>
    /// <param name="samples">Times from the start of the file.</param>
    /// <exception cref="FormatException">The times are not plausible or ambiguous; the message gives the value and the remedy.</exception>
    public static TimeReader Detect(IReadOnlyList<byte[]> samples)
    {
        foreach (var sample in samples)
        {
            if (NumberTime.TryReadEpoch(sample, out _))
            {
                return NumberTime.MayBeDateAndHour(sample)
                    ? throw new FormatException($"'{Text(sample)}' is a date with an hour, or seconds since 1970: say which with --time-format yyyyMMddHH or s")
                    : new TimeReader(TimeKind.Epoch);
            }

            if (NumberTime.TryReadDigits(sample, out _))
            {
                return new TimeReader(TimeKind.Digits) { Remark = "times are read as yyyyMMdd and time of day, UTC" };
            }

            if (NumberTime.TryReadExcel(sample, out _))
            {
                return new TimeReader(TimeKind.Excel) { Remark = "times are read as Excel's days since 1899-12-30, UTC, rounded to seconds" };
            }

            if (WrittenTime.TryReadUnnamed(sample, out _, out _))
            {
                return new TimeReader(TimeKind.Written, OrderOf(samples));
            }

            if (WrittenTime.TryRead(sample, DateOrder.Year, out _))
            {
                return new TimeReader(TimeKind.Written);
            }
        }

        var first = samples.Count == 0 ? [] : samples[0];
        var asSeconds = NumberTime.AsSeconds(first) is { } date ? $" (as seconds since 1970 it would be {date})" : "";
        throw new FormatException($"'{Text(first)}' is not a time between 2009 and 2200{asSeconds}: {Expected}");
    }

    /// <summary>The times that are read, and the remedy for others.</summary>
    public const string Expected =
        "seconds, ms, µs or ns since 1970, yyyyMMdd, an Excel date, ISO 8601 or dd/MM/yyyy; give another form with --time-format";

    private static DateOrder OrderOf(IReadOnlyList<byte[]> samples)
    {
        var (firstMax, secondMax) = (0, 0);
        var example = "";
        foreach (var sample in samples)
        {
            if (WrittenTime.TryReadUnnamed(sample, out var first, out var second))
            {
                example = example.Length == 0 ? Text(sample) : example;
                (firstMax, secondMax) = (Math.Max(firstMax, first), Math.Max(secondMax, second));
            }
        }

        return (firstMax > 12, secondMax > 12) switch
        {
            (true, false) => DateOrder.Day,
            (false, true) => DateOrder.Month,
            (false, false) => throw new FormatException($"'{example}' may begin with the day or the month: say which with --time-format dd/MM/yyyy or MM/dd/yyyy"),
            _ => throw new FormatException($"dates like '{example}' begin with the day in some rows and with the month in others: write them all in one order"),
        };
    }

    private bool TryReadUnit(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long number, out var used) || used != text.Length
            || number < 0 || number > long.MaxValue / _unit)
        {
            return false;
        }

        time = new Timestamp(number * _unit);
        return time.UnixNanoseconds / Timestamp.NanosecondsPerSecond is >= NumberTime.SecondsMin and <= NumberTime.SecondsMax;
    }

    private bool TryReadPattern(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(Encoding.UTF8.GetString(text), _pattern, CultureInfo.InvariantCulture, Utc, out var date)
            || date.Year is < 1980 or > 2200)
        {
            return false;
        }

        time = Timestamp.FromDateTimeOffset(date);
        return true;
    }

    private static string Text(byte[] sample) => Encoding.UTF8.GetString(sample.AsSpan(0, Math.Min(sample.Length, 40)));
}
