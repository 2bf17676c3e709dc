using System.Globalization;

namespace BtcAgent.Cli.Output;

/// <summary>Makes a text from elsewhere harmless for a terminal: venues and operators write reasons, which must not move the cursor.</summary>
internal static class SafeText
{
    /// <summary>Replaces characters that control a terminal or the direction of text by spaces.</summary>
    public static string Of(string text) => text.Any(Controls) ? string.Concat(text.Select(c => Controls(c) ? ' ' : c)) : text;

    private static bool Controls(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
