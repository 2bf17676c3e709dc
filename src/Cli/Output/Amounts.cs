using System.CommandLine;
using System.Globalization;

namespace BtcAgent.Cli.Output;

/// <summary>Options that are exact decimals.</summary>
internal static class Amounts
{
    public static Option<decimal> Option(string name, string description, decimal fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' is not a number");
            return default;
        },
    };
}
