using System.Net;
using System.Text;

namespace BtcAgent.Social.Text;

/// <summary>
/// Reads a post's text into canonical tokens. Invisible characters and marks of direction are removed, compatibility forms
/// become plain characters, Latin letters lose case and accents, lone surrogates are removed, HTML entities are read. Its time
/// is bounded by the limits, for any text.
/// </summary>
public static class PostReader
{
    /// <summary>Characters (UTF-16) of a text that are read; the rest is left out. A post on X has at most 25,000, most have at most 280.</summary>
    public const int CharactersMax = 8_192;

    /// <summary>Tokens of a text that are kept; the rest is left out.</summary>
    public const int TokensMax = 1_024;

    /// <summary>Longest token in characters; a longer run of letters is split.</summary>
    public const int TokenCharactersMax = 64;

    /// <summary>Reads a text of any length and content.</summary>
    public static PostText Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isCut = text.Length > CharactersMax;
        var read = isCut ? text[..CharactersMax] : text;
        var tokens = new Tokens(read.Length);
        read = read.Contains('&') ? WebUtility.HtmlDecode(read) : read;
        Split(Runes(read), tokens);
        return tokens.ToText(read, isCut);
    }

    /// <summary>The visible code points, compatibility forms replaced.</summary>
    private static int[] Runes(string text)
    {
        var runes = new int[text.Length];
        var count = 0;
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // The replacement character is also returned for a lone surrogate.
            if (Characters.IsInvisible(rune.Value) || Characters.IsSkin(rune.Value) || rune.Value == Rune.ReplacementChar.Value)
            {
                continue;
            }

            // Marks are parts of a letter in many scripts; more than two in a row, or on a Latin letter, are decoration.
            if (Characters.IsCombining(rune.Value))
            {
                if (count == 0 || runes[count - 1] is < 0x250 or ' ' || ++marks > 2)
                {
                    continue;
                }
            }
            else
            {
                marks = 0;
            }

            runes[count++] = Characters.Plain(rune.Value);
        }

        return runes[..count];
    }

    private static void Split(ReadOnlySpan<int> runes, Tokens tokens)
    {
        for (var at = 0; at < runes.Length && !tokens.IsFull;)
        {
            var rest = runes[at..];
            var isStart = at == 0 || !IsWordPart(runes[at - 1]) || Characters.IsUnspaced(runes[at - 1]);
            at += rest[0] switch
            {
                ' ' or '\t' or '\n' or '\r' => 1,
                '@' when isStart && Run(rest[1..], IsWordPart) is > 0 and var name => tokens.Fixed(TokenKind.Mention, "<user>", name + 1),
                '#' when Run(rest[1..], IsWordPart) is > 0 and var tag => tokens.Word(TokenKind.Hashtag, rest[..(Math.Min(tag, TokenCharactersMax - 1) + 1)]),
                '$' when isStart && CashtagLength(rest) is > 0 and var cash => tokens.Word(TokenKind.Cashtag, rest[..cash]),
                _ when isStart && UrlLength(rest) is > 0 and var url => tokens.Fixed(TokenKind.Url, "<url>", url),
                _ when NumberLength(rest, isStart) is > 0 and var number => Number(rest[..number], tokens),
                var first when Characters.IsUnspaced(first) => tokens.Word(TokenKind.Word, rest[..1]),
                var first when IsWordPart(first) => tokens.Word(TokenKind.Word, rest[..WordLength(rest)]),
                '.' or ',' or ';' or ':' or '!' or '?' => tokens.Mark(rest[0], Run(rest, rest[0])),
                var first when Characters.IsEmoji(first) => tokens.Emoji(first),
                _ => 1,
            };
        }
    }

    private static bool IsWordPart(int rune) => Characters.IsLetter(rune) || Characters.IsDigit(rune) || rune == '_';

    private static int Run(ReadOnlySpan<int> runes, Func<int, bool> belongs)
    {
        var length = 0;
        while (length < runes.Length && belongs(runes[length]))
        {
            length++;
        }

        return length;
    }

    private static int Run(ReadOnlySpan<int> runes, int mark)
    {
        var other = runes.IndexOfAnyExcept(mark);
        return other < 0 ? runes.Length : other;
    }

    /// <summary>Letters and digits, with single apostrophes and ampersands between them.</summary>
    private static int WordLength(ReadOnlySpan<int> runes)
    {
        var length = 1;
        while (length < runes.Length && length < TokenCharactersMax
            && ((IsWordPart(runes[length]) && !Characters.IsUnspaced(runes[length])) || (runes[length] is '\'' or '&' && length + 1 < runes.Length && Characters.IsLetter(runes[length + 1]))))
        {
            length++;
        }

        return length;
    }

    private static int CashtagLength(ReadOnlySpan<int> runes)
    {
        var letters = Run(runes[1..], rune => rune < 0x80 && Characters.IsLetter(rune));
        return letters is > 0 and <= 10 && (letters + 1 == runes.Length || !IsWordPart(runes[letters + 1])) ? letters + 1 : 0;
    }

    private static int UrlLength(ReadOnlySpan<int> runes)
    {
        if (!StartsWith(runes, "http://") && !StartsWith(runes, "https://") && !StartsWith(runes, "www."))
        {
            return 0;
        }

        return Run(runes, rune => rune is > ' ' and < 0x3000);
    }

    private static bool StartsWith(ReadOnlySpan<int> runes, string start)
    {
        if (runes.Length <= start.Length)
        {
            return false;
        }

        for (var i = 0; i < start.Length; i++)
        {
            if (Characters.Folded(runes[i]) != start[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Digits with a sign, an amount's dollar sign, separators, a percent sign and k, m or b.</summary>
    private static int NumberLength(ReadOnlySpan<int> runes, bool isStart)
    {
        var at = 0;
        while (at < 3 && at < runes.Length && runes[at] is '+' or '-' or '~' or '$' or '.')
        {
            at++;
        }

        if (!isStart || at == runes.Length || !Characters.IsDigit(runes[at]))
        {
            return 0;
        }

        while (at < runes.Length && (Characters.IsDigit(runes[at]) || (runes[at] is '.' or ',' && at + 1 < runes.Length && Characters.IsDigit(runes[at + 1]))))
        {
            at++;
        }

        if (at < runes.Length && runes[at] == '%')
        {
            return at + 1;
        }

        // 4h, 200dma, 2x: words, except for a thousand, a million and a billion.
        var letters = Run(runes[at..], IsWordPart);
        return letters == 0 || (letters == 1 && Characters.Folded(runes[at]) is 'k' or 'm' or 'b') ? at + letters : 0;
    }

    private static int Number(ReadOnlySpan<int> runes, Tokens tokens) => runes[^1] != '%' ? tokens.Fixed(TokenKind.Number, "<num>", runes.Length)
        : tokens.Fixed(TokenKind.Percent, runes[0] == '+' ? "<+pct>" : runes[0] == '-' ? "<-pct>" : "<pct>", runes.Length);
}
