using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BtcAgent.Cli.Output;

/// <summary>Options that are exact decimals.</summary>
internal static class Amounts
{
    /// <summary>Largest amount: prices times quantities of this size still fit an exact decimal and 64 bits of 1e-8.</summary>
    private const decimal Max = 10_000_000_000;

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
            if (Math.Abs(value) <= Max)
            {
                return value;
            }

            result.AddError(FormattableString.Invariant(
                $"{NameOf(result)}: {result.Tokens[0].Value} is out of range: at most {Max:N0}"));
            return null;
        }

        result.AddError($"{NameOf(result)}: '{result.Tokens[0].Value}' is not a number");
        return null;
    }

    private static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
}
