using System.CommandLine;
using System.Globalization;

namespace BtcAgent.Cli.Inputs;

/// <summary>Refuses NaN and infinity for each number of the command line: JSON has neither, so an agent would take them as not given.</summary>
internal static class NumberCheck
{
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options.Where(option => option.ValueType == typeof(double) || option.ValueType == typeof(double?)))
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Select(token => token.Value).FirstOrDefault(IsNotFinite) is { } value)
                {
                    result.AddError($"{option.Name} is '{value}': expected a finite number");
                }
            });
        }

        foreach (var child in command.Subcommands)
        {
            AddTo(child);
        }
    }

    private static bool IsNotFinite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsFinite(value);
}
