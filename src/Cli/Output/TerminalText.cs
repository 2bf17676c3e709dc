using System.Globalization;
using System.Text;

namespace BtcAgent.Cli.Output;

/// <summary>Texts from data for a terminal, which control characters could steer. JSON and CSV keep them as they are.</summary>
internal static class TerminalText
{
    /// <summary>Writes control characters, and those that change the direction of text, as <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsControl))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = IsControl(c) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : safe.Append(c);
        }

        return safe.ToString();
    }

    /// <summary>The same for a text of several lines.</summary>
    public static string OfLines(string text) => string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(Of));

    private static bool IsControl(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
