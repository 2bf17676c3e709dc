namespace BtcAgent.Domain.Economy;

/// <summary>
/// Time in New York by the rules of the United States since 2007 (Energy Policy Act of 2005): summer time from the second Sunday of March to the first
/// Sunday of November, each at 2:00. Computed here, since small images have no table of time zones.
/// </summary>
public static class NewYorkTime
{
    private static readonly TimeSpan Winter = TimeSpan.FromHours(-5);
    private static readonly TimeSpan Summer = TimeSpan.FromHours(-4);

    /// <summary>The instant of a date and time in New York. An hour that a change of the clocks skips counts as winter time, one that it repeats as summer time.</summary>
    public static Timestamp At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        var (begin, end) = SummerOf(date.Year);
        var isSummer = local >= begin.AddHours(3) && local < end.AddHours(2);
        return Timestamp.FromDateTimeOffset(new DateTimeOffset(local, isSummer ? Summer : Winter));
    }

    /// <summary>The date in New York at an instant.</summary>
    public static DateOnly DateOf(Timestamp time)
    {
        var utc = time.ToDateTimeOffset().UtcDateTime;
        var (begin, end) = SummerOf(utc.Year);
        var isSummer = utc >= begin.AddHours(2) - Winter && utc < end.AddHours(2) - Summer;
        return DateOnly.FromDateTime(utc + (isSummer ? Summer : Winter));
    }

    /// <summary>The days on which summer time begins and ends.</summary>
    private static (DateTime Begin, DateTime End) SummerOf(int year) => (FirstSunday(year, 3).AddDays(7), FirstSunday(year, 11));

    private static DateTime FirstSunday(int year, int month)
    {
        var first = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return first.AddDays((7 - (int)first.DayOfWeek) % 7);
    }
}
