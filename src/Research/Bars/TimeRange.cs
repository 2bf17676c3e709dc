using System.Globalization;
using System.Text.RegularExpressions;

namespace BtcAgent.Research.Bars;

/// <summary>A span of time, UTC: from its start up to, not including, its end; either may be open.</summary>
/// <param name="From">First instant; null for no bound.</param>
/// <param name="To">First instant after the span; null for no bound.</param>
public sealed partial record TimeRange(Timestamp? From, Timestamp? To)
{
    /// <summary>Formats of a range, for messages.</summary>
    public const string Formats =
        "20210101-20210601, -20210601, 20210101-, 2021-01-01..2021-06-01T12:00, or seconds or milliseconds since 1970 such as 1609459200-";

    /// <summary>
    /// Reads freqtrade's format, dates as <c>YYYYMMDD</c> or Unix seconds or milliseconds, and ISO 8601; <c>-</c>, <c>..</c> or
    /// <c>/</c> separates the two.
    /// </summary>
    /// <exception cref="FormatException">Not a range; the message names the text and the formats.</exception>
    public static TimeRange Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success || (!match.Groups["from"].Success && !match.Groups["to"].Success))
        {
            throw new FormatException($"'{text}' is not a time range: give FROM-TO such as {Formats}");
        }

        var range = new TimeRange(TimeOf(match.Groups["from"], text), TimeOf(match.Groups["to"], text));
        return range is { From: { } from, To: { } to } && from >= to
            ? throw new FormatException($"the time range '{text}' ends at {to}, not after its start {from}")
            : range;
    }

    /// <summary>Returns the bars that open within the range.</summary>
    /// <exception cref="BarFileException">There are none; the message states what the bars cover.</exception>
    public BarSeries Of(BarSeries series)
    {
        var bars = series.Bars;
        var first = From is { } from ? Array.FindIndex(bars, b => b.OpenTime >= from) : 0;
        var end = To is { } to ? Array.FindIndex(bars, b => b.OpenTime >= to) : bars.Length;
        end = end < 0 ? bars.Length : end;
        if (first < 0 || first >= end)
        {
            throw new BarFileException(
                $"no bar opens in the time range {this}: the bars cover {bars[0].OpenTime} to {bars[^1].CloseTime}");
        }

        if (first == 0 && end == bars.Length)
        {
            return series;
        }

        var taken = bars[first..end];
        var spanned = ((taken[^1].OpenTime - taken[0].OpenTime).Ticks / series.Interval.Ticks) + 1;
        return series with { Bars = taken, Missing = Math.Max(0, spanned - taken.Length) };
    }

    public override string ToString() => $"{Day(From)}..{Day(To)}";

    private static string Day(Timestamp? time) =>
        time?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static Timestamp? TimeOf(Group group, string text)
    {
        if (!group.Success)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var (value, invariant) = (group.Value, CultureInfo.InvariantCulture);
        var isNumber = !value.AsSpan().ContainsAnyExceptInRange('0', '9');
        var isKnown = value.Length == 8 && isNumber
            ? DateTimeOffset.TryParseExact(value, "yyyyMMdd", invariant, Utc, out var date)
            : DateTimeOffset.TryParse(value, invariant, Utc, out date);
        return isNumber && value.Length == 10 ? new Timestamp(long.Parse(value, invariant) * Timestamp.NanosecondsPerSecond)
            : isNumber && value.Length == 13 ? Timestamp.FromUnixMilliseconds(long.Parse(value, invariant))
            : isKnown && date >= DateTimeOffset.UnixEpoch && date.Year < 2262 ? Timestamp.FromDateTimeOffset(date)
            : throw new FormatException($"'{value}' in the time range '{text}' is not a date of 1970 to 2261: give FROM-TO such as {Formats}");
    }

    [GeneratedRegex(
        @"^(?<from>\d{13}|\d{10}|\d{8}|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?(?:-|\.\.|/)"
        + @"(?<to>\d{13}|\d{10}|\d{8}|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?$")]
    private static partial Regex Pattern();
}
