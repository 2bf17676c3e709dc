using System.Text;
using Microsoft.ML.Tokenizers;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>Words between spaces; each mark of punctuation is one.</summary>
internal sealed class BertWords : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Words(text);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => Words(text.ToString());

    private static IEnumerable<(int Offset, int Length)> Words(string text)
    {
        var start = 0;
        var at = 0;
        while (at < text.Length)
        {
            var rune = Rune.TryGetRuneAt(text, at, out var found) ? found : Rune.ReplacementChar;
            var isSpace = Rune.IsWhiteSpace(rune);
            if (isSpace || BertText.IsPunctuation(rune))
            {
                if (at > start)
                {
                    yield return (start, at - start);
                }

                start = at + rune.Utf16SequenceLength;
                if (!isSpace)
                {
                    yield return (at, rune.Utf16SequenceLength);
                }
            }

            at += rune.Utf16SequenceLength;
        }

        if (at > start)
        {
            yield return (start, at - start);
        }
    }
}
