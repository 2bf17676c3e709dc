using System.CommandLine;
using System.CommandLine.Parsing;

namespace BtcAgent.Cli.Inputs;

/// <summary>
/// Finds mistyped options: the parser takes the unknown option after <c>--bars a.csv</c>, or after an option without its value, as a
/// text of the option before.
/// </summary>
internal static class Mistyped
{
    /// <summary>Returns a sentence for each text that begins with a dash and is the value of an option.</summary>
    public static IEnumerable<string> Options(ParseResult parsed) =>
        from option in parsed.CommandResult.Children.OfType<OptionResult>()
        where option.Option.ValueType == typeof(string) || option.Option.ValueType == typeof(string[])
        from token in option.Tokens
        where token.Value is ['-', not '-' and not (>= '0' and <= '9'), ..] or ['-', '-', _, ..]
        select $"'{token.Value}' is not an option of '{parsed.CommandResult.Command.Name}' and not a value of {option.Option.Name}; "
            + $"a file of that name is './{token.Value}'";
}
