using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BtcAgent.Domain.Retraining;

/// <summary>
/// Times in UTC by five fields: minute, hour, day of the month, month, day of the week (0…7, Sunday is 0 and 7). A field is
/// <c>*</c>, a number, a range <c>1-5</c>, a step <c>*/6</c> or <c>2-20/3</c>, or a list of these. As in Vixie's cron, when both
/// day fields are restricted either of them suffices.
/// </summary>
public sealed class CronSchedule
{
    /// <summary>The longest time between two occurrences: 29 February over 2100, which is not a leap year.</summary>
    private const int YearsMax = 9;

    private static readonly (string Name, int Min, int Max)[] Ranges =
        [("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("day of the week", 0, 7)];

    private readonly ImmutableArray<ImmutableSortedSet<int>> _fields;
    private readonly string _text;
    private readonly bool _eitherDay;

    private CronSchedule(string text, ImmutableArray<ImmutableSortedSet<int>> fields, bool eitherDay) =>
        (_text, _fields, _eitherDay) = (text, fields, eitherDay);

    /// <param name="text">The five fields.</param>
    /// <param name="schedule">The schedule; null for a text that has none.</param>
    /// <param name="problem">The fault, with the valid range; null for none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        (schedule, problem) = (null, null);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != Ranges.Length)
        {
            problem = $"'{text}' has {words.Length} fields, not {Ranges.Length}: minute, hour, day of the month, month, day of the week, such as '0 3 * * 0'";
            return false;
        }

        var fields = ImmutableArray.CreateBuilder<ImmutableSortedSet<int>>(Ranges.Length);
        for (var i = 0; i < Ranges.Length; i++)
        {
            var (name, min, max) = Ranges[i];
            if (ParseField(words[i], min, max) is not { } values)
            {
                problem = $"'{words[i]}' is not a {name}: use *, {min}…{max}, a range such as {min}-{max}, a step such as */2, or a list of them";
                return false;
            }

            fields.Add(i == 4 && values.Contains(7) ? values.Remove(7).Add(0) : values);
        }

        var found = new CronSchedule(text, fields.MoveToImmutable(), !words[2].StartsWith('*') && !words[4].StartsWith('*'));
        if (found.After(Timestamp.FromUnixMilliseconds(0)) is null)
        {
            problem = $"'{text}' never occurs: no month has this day";
            return false;
        }

        schedule = found;
        return true;
    }

    /// <summary>The first occurrence after an instant; null beyond the range of <see cref="Timestamp"/>.</summary>
    public Timestamp? After(Timestamp instant)
    {
        var time = instant.ToDateTimeOffset().UtcDateTime;
        time = new DateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, DateTimeKind.Utc).AddMinutes(1);
        var end = time.AddYears(YearsMax);
        while (time < end && time.Year < 2262)
        {
            if (!_fields[3].Contains(time.Month))
            {
                time = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            }
            else if (!IsDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!_fields[1].Contains(time.Hour))
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!_fields[0].Contains(time.Minute))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return Timestamp.FromDateTimeOffset(time);
            }
        }

        return null;
    }

    public override string ToString() => _text;

    private bool IsDay(DateTime time)
    {
        var (ofMonth, ofWeek) = (_fields[2].Contains(time.Day), _fields[4].Contains((int)time.DayOfWeek));
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private static ImmutableSortedSet<int>? ParseField(string text, int min, int max)
    {
        var values = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var whole, var every] when Number(every) is { } n && n > 0 => (whole, n),
                _ => ("", 0),
            };
            var (from, to) = range == "*" ? (min, max) : range.Split('-') switch
            {
                [var one] when Number(one) is { } n => (n, part.Contains('/', StringComparison.Ordinal) ? max : n),
                [var first, var last] when Number(first) is { } n && Number(last) is { } m => (n, m),
                _ => (-1, -1),
            };
            if (from < min || to > max || from > to)
            {
                return null;
            }

            for (var value = from; value <= to; value += step)
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    private static int? Number(string text) =>
        text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
