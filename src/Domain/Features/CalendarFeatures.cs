namespace BtcAgent.Domain.Features;

/// <summary>The calendar group: hour and weekday of an instant, UTC, as points on a circle.</summary>
internal static class CalendarFeatures
{
    public static void Write(ref FeatureWriter writer, Timestamp time)
    {
        var utc = time.ToDateTimeOffset();
        var hour = 2 * Math.PI * utc.TimeOfDay.TotalHours / 24;
        var weekday = 2 * Math.PI * (((int)utc.DayOfWeek + 6) % 7) / 7;
        writer.Add(Math.Sin(hour));
        writer.Add(Math.Cos(hour));
        writer.Add(Math.Sin(weekday));
        writer.Add(Math.Cos(weekday));
    }
}
