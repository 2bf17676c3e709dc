using System.Globalization;
using System.Text;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>
/// A text as BERT's tokeniser reads it (Devlin and others 2018, <c>BasicTokenizer</c>): control characters are removed, any white space is a space, each Han
/// character is a word, and where the model asks for it accents and case are removed.
/// </summary>
internal static class BertText
{
    /// <summary>U+0130, the only letter whose small form has two characters.</summary>
    private const string DottedCapital = "\u0130";

    private const string DottedSmall = "i\u0307";

    /// <param name="text">Any text; a lone surrogate is left out.</param>
    /// <param name="stripAccents">Whether accents and other nonspacing marks are removed.</param>
    /// <param name="lowerCase">Whether letters lose their case.</param>
    public static string Normalize(string text, bool stripAccents, bool lowerCase)
    {
        var clean = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRemoved(rune))
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (IsHan(rune.Value))
            {
                clean.Append(' ');
                Append(clean, rune, stripAccents);
                clean.Append(' ');
            }
            else
            {
                Append(clean, rune, stripAccents);
            }
        }

        var result = clean.ToString();
        return lowerCase ? result.Replace(DottedCapital, DottedSmall, StringComparison.Ordinal).ToLowerInvariant() : result;
    }

    /// <summary>True for a character that is a word by itself.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation;

    private static void Append(StringBuilder text, Rune rune, bool stripAccents)
    {
        if (stripAccents)
        {
            Decompositions.Append(text, rune);
        }
        else
        {
            text.Append(rune.ToString());
        }
    }

    private static bool IsRemoved(Rune rune) => rune.Value is 0 or 0xFFFD
        || (rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    /// <summary>The ranges of the original program.</summary>
    private static bool IsHan(int rune) => rune is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
