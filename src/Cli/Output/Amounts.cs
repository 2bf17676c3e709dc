using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BtcAgent.Cli.Output;

/// <summary>Options that are exact decimals.</summary>
internal static class Amounts
{
    public static Option<decimal> Option(string name, string description, decimal fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse(result) ?? 0,
    };

    /// <summary>Parses an exact decimal, or adds the error that names the option.</summary>
    public static decimal? Parse(ArgumentResult result)
    {
        if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: '{result.Tokens[0].Value}' is not a number");
        return null;
    }
}
