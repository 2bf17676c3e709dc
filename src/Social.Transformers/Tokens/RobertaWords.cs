using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>
/// Words as GPT-2 and RoBERTa split them (Radford and others 2019): English endings such as <c>'s</c>; letters, digits, and other marks, each with a space
/// before it; spaces. By code points: a regular expression of .NET sees halves of those above U+FFFF.
/// </summary>
internal sealed class RobertaWords : PreTokenizer
{
    private static readonly string[] Endings = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Words(text);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => Words(text.ToString());

    private static IEnumerable<(int Offset, int Length)> Words(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = LengthAt(text, start);
            yield return (start, length);
            start += length;
        }
    }

    private static int LengthAt(string text, int start)
    {
        var ending = Array.Find(Endings, ending => string.CompareOrdinal(text, start, ending, 0, ending.Length) == 0);
        if (ending is not null)
        {
            return ending.Length;
        }

        var first = text[start] == ' ' && start + 1 < text.Length && KindAt(text, start + 1) != Kind.Space ? start + 1 : start;
        var kind = KindAt(text, first);
        var end = first;
        var last = first;
        while (end < text.Length && KindAt(text, end) == kind)
        {
            last = end;
            end += RuneAt(text, end).Utf16SequenceLength;
        }

        // The last space before a word belongs to the word.
        return (kind == Kind.Space && end < text.Length && last > start ? last : end) - start;
    }

    private static Kind KindAt(string text, int at)
    {
        var rune = RuneAt(text, at);
        return Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;
}
