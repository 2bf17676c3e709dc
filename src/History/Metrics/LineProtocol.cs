using System.Globalization;
using System.Text;

namespace BtcAgent.History.Metrics;

/// <summary>
/// InfluxDB's line protocol: <c>measurement,tag=value field=value time</c>. Source:
/// https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/.
/// </summary>
internal static class LineProtocol
{
    /// <summary>Measurement and tags of a series, escaped; tags sorted by name, as the servers prefer. An empty value is left out.</summary>
    public static string Head(string measurement, IEnumerable<(string Name, string Value)> tags)
    {
        var text = new StringBuilder();
        Escape(text, measurement, ", ");
        foreach (var (name, value) in tags.Where(tag => tag.Value.Length > 0).OrderBy(tag => tag.Name, StringComparer.Ordinal))
        {
            text.Append(',');
            Escape(text, name, ",= ");
            text.Append('=');
            Escape(text, value, ",= ");
        }

        return text.ToString();
    }

    /// <param name="head">From <see cref="Head"/>.</param>
    /// <param name="seconds">Unix time in seconds.</param>
    /// <param name="fields">Finite numbers.</param>
    /// <param name="count">Written as the integer field <c>count</c>.</param>
    public static string Line(string head, long seconds, IReadOnlyList<(string Name, double Value)> fields, long? count = null)
    {
        var text = new StringBuilder(head).Append(' ');
        if (count is { } number)
        {
            text.Append(CultureInfo.InvariantCulture, $"count={number}i,");
        }

        for (var i = 0; i < fields.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{fields[i].Name}={fields[i].Value:R}");
        }

        return text.Append(CultureInfo.InvariantCulture, $" {seconds}").ToString();
    }

    /// <summary>
    /// A line break has no escape and ends the line; a backslash at the end would escape the separator: both become other characters.
    /// </summary>
    private static void Escape(StringBuilder text, string value, string special)
    {
        foreach (var one in value.EndsWith('\\') ? $"{value[..^1]}/" : value)
        {
            if (special.Contains(one, StringComparison.Ordinal))
            {
                text.Append('\\');
            }

            text.Append(char.IsControl(one) ? '_' : one);
        }
    }
}
