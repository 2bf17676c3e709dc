using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Cli.Output;

/// <summary>Figures for an operator: times in UTC, exact amounts, always the same format.</summary>
internal static class Figures
{
    /// <summary>Shown for what is not known.</summary>
    public const string Unknown = "–";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Time(Timestamp time) => time.IsKnown ? Time(time.ToDateTimeOffset()) : Unknown;

    public static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", Invariant) : Unknown;

    /// <summary>An amount of money, two decimals.</summary>
    public static string Money(decimal? amount) => amount is { } known ? known.ToString("#,##0.00", Invariant) : Unknown;

    /// <summary>Profit or loss, with its sign.</summary>
    public static string Profit(decimal? amount) => amount is { } known ? known.ToString("+#,##0.00;-#,##0.00;0.00", Invariant) : Unknown;

    /// <summary>A quantity or a limit, exact.</summary>
    public static string Exact(decimal? value) => value is { } known ? known.ToString("#,##0.############", Invariant) : Unknown;

    /// <param name="fraction">0.01 is one percent.</param>
    public static string Percent(decimal fraction) => $"{(fraction * 100).ToString("0.00", Invariant)} %";

    public static string Number(double value, string format = "0.###") => double.IsFinite(value) ? value.ToString(format, Invariant) : Unknown;

    public static string Count(long count) => count.ToString("#,##0", Invariant);

    /// <summary>Milliseconds, in the unit that is easy to read.</summary>
    public static string Milliseconds(double milliseconds) => !double.IsFinite(milliseconds) ? Unknown
        : milliseconds < 10 ? $"{Number(milliseconds, "0.0")} ms"
        : milliseconds < 1_000 ? $"{Number(milliseconds, "0")} ms"
        : Duration(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>A duration, in its two largest units.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 0 } => $"-{Duration(-duration)}",
        { TotalMinutes: < 1 } => $"{Number(duration.TotalSeconds, duration.TotalSeconds < 10 ? "0.0" : "0")} s",
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds} s",
        { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes} min",
        _ => $"{duration.Days} d {duration.Hours} h",
    };

    /// <summary>The name of an enumeration's member as the API writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
