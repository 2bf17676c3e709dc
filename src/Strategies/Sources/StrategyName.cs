using System.Text.RegularExpressions;

namespace BtcAgent.Strategies.Sources;

/// <summary>A strategy's name in settings and commands: its class's words in lower case, joined by dashes.</summary>
public static partial class StrategyName
{
    /// <summary>Longest name, as of strategies in the settings.</summary>
    public const int LettersMax = 32;

    /// <summary><c>BollingerReversal</c> is <c>bollinger-reversal</c>.</summary>
    public static string Of(string className) => WordStart().Replace(className, "-$0").ToLowerInvariant();

    public static bool IsValid(string name) => name.Length <= LettersMax && Valid().IsMatch(name);

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Valid();
}
