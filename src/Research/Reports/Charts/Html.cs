using System.Globalization;
using System.Net;

namespace BtcAgent.Research.Reports.Charts;

/// <summary>Formats text and numbers for a page: escaped, with significant digits only, "–" for undefined values.</summary>
internal static class Html
{
    public const string Undefined = "–";

    private const int DecimalsMax = 8;

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <param name="value">Value to format.</param>
    /// <param name="step">Smaller digits are omitted.</param>
    public static string Number(double value, double step)
    {
        if (!double.IsFinite(value))
        {
            return Undefined;
        }

        var decimals = step >= 1 ? 0 : Math.Min(DecimalsMax, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        return Signed(value.ToString($"N{decimals}", CultureInfo.InvariantCulture));
    }

    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? Signed(value.ToString($"N{decimals}", CultureInfo.InvariantCulture)) : Undefined;

    public static string Percent(double fraction, int decimals = 2) =>
        double.IsFinite(fraction) ? Fixed(100 * fraction, decimals) + " %" : Undefined;

    public static string Day(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Fixed(span.TotalDays, 1) + " d",
        { TotalHours: >= 2 } => Fixed(span.TotalHours, 1) + " h",
        { TotalMinutes: >= 2 } => Fixed(span.TotalMinutes, 1) + " min",
        _ => Fixed(span.TotalSeconds, 1) + " s",
    };

    /// <summary>Uses a true minus sign, and none before a zero.</summary>
    private static string Signed(string number) => number.StartsWith('-')
        ? number.AsSpan(1).ContainsAnyExcept("0.,") ? "−" + number[1..] : number[1..]
        : number;
}
