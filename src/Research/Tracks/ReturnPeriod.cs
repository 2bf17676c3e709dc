namespace BtcAgent.Research.Tracks;

/// <summary>The period of returns, and how many a year has; BTC markets never close.</summary>
/// <param name="Length">Length of one period.</param>
/// <param name="Name">Name, such as <c>day</c>.</param>
public sealed record ReturnPeriod(TimeSpan Length, string Name)
{
    public const double DaysPerYear = 365;

    public double PerYear => DaysPerYear * TimeSpan.TicksPerDay / Length.Ticks;

    /// <summary>
    /// Days for runs of 30 days and more, hours for 2 days and more, otherwise minutes, or seconds below an hour.
    /// </summary>
    public static ReturnPeriod For(TimeSpan span) => span switch
    {
        { TotalDays: >= 30 } => new(TimeSpan.FromDays(1), "day"),
        { TotalDays: >= 2 } => new(TimeSpan.FromHours(1), "hour"),
        { TotalHours: >= 1 } => new(TimeSpan.FromMinutes(1), "minute"),
        _ => new(TimeSpan.FromSeconds(1), "second"),
    };
}
