using System.Text.RegularExpressions;

namespace BtcAgent.Cli.Inputs;

/// <summary>Says in plain words that a value of the command line has the wrong type; the parser names a .NET type.</summary>
internal static partial class PlainError
{
    public static string Of(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        if (WrongType().Match(line) is not { Success: true } found)
        {
            return line;
        }

        var (given, name, choices) = (found.Groups["given"].Value, found.Groups["name"].Value, found.Groups["choices"].Value);
        return choices.Length > 0
            ? $"{name}: '{given}' is none of {string.Join(", ", choices.Split(' ', StringSplitOptions.RemoveEmptyEntries))}"
            : $"{name}: '{given}' is not {Wanted(found.Groups["type"].Value)}";
    }

    private static string Wanted(string type) => type switch
    {
        "System.Int32" => FormattableString.Invariant($"a whole number from {int.MinValue:N0} to {int.MaxValue:N0}"),
        "System.Int64" => FormattableString.Invariant($"a whole number from {long.MinValue:N0} to {long.MaxValue:N0}"),
        "System.UInt64" => FormattableString.Invariant($"a whole number from 0 to {ulong.MaxValue:N0}"),
        "System.Double" or "System.Decimal" => "a number",
        "System.TimeSpan" => "a duration",
        "System.DateTimeOffset" or "System.DateTime" => "a time such as 2026-01-31T12:00Z",
        _ => "a valid value",
    };

    [GeneratedRegex(
        @"^Cannot parse argument '(?<given>.*)' for \w+ '(?<name>[^']*)' as expected type '(?:System\.Nullable`1\[)?(?<type>[^'\]]+)\]?'\.(?: Did you mean one of the following\?(?<choices>[\w ]+))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex WrongType();
}
