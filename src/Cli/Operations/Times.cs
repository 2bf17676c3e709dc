using System.CommandLine.Parsing;
using System.Globalization;

namespace BtcAgent.Cli.Operations;

/// <summary>Instants in options; without an offset they are UTC.</summary>
internal static class Times
{
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(
            result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: '{result.Tokens[0].Value}' is not a time: give one such as 2026-11-29 or 2026-11-29T08:00Z");
        return null;
    }
}
