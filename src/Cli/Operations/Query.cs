using System.Globalization;

namespace BtcAgent.Cli.Operations;

/// <summary>The query of a request: named values, escaped; a null is left out.</summary>
internal static class Query
{
    public static string Of(string path, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var query = path;
        foreach (var (name, value) in values)
        {
            var text = value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture);
            query += value is null ? "" : $"{(query.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(text!)}";
        }

        return query;
    }

    /// <summary>A part of a path.</summary>
    public static string Part(string text) => Uri.EscapeDataString(text);
}
