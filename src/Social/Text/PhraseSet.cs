namespace BtcAgent.Social.Text;

/// <summary>Finds phrases of canonical tokens: the longest one at a place.</summary>
/// <typeparam name="T">What a phrase means.</typeparam>
public sealed class PhraseSet<T>
{
    private readonly Dictionary<string, T> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<string, int> _longest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _longestLookup;

    public PhraseSet()
    {
        _lookup = _phrases.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestLookup = _longest.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Phrases, from 0.</summary>
    public int Count => _phrases.Count;

    /// <summary>Adds a phrase, read like a post.</summary>
    /// <exception cref="ArgumentException">The phrase is empty, or present.</exception>
    public void Add(string phrase, T meaning)
    {
        var text = PostReader.Read(phrase);
        if (text.Tokens.IsEmpty || !_phrases.TryAdd(text.Canonical, meaning))
        {
            throw new ArgumentException($"phrase '{phrase}' is empty or present twice", nameof(phrase));
        }

        var first = text[text.Tokens[0]].ToString();
        _longest[first] = Math.Max(_longest.GetValueOrDefault(first), text.Tokens.Length);
    }

    /// <summary>Returns the tokens of the longest phrase that begins at a token, or 0. A lengthened word is also tried with one letter for two; a tag without its #.</summary>
    /// <param name="text">A post.</param>
    /// <param name="at">Index of the token.</param>
    /// <param name="meaning">Meaning of the phrase; the default value if there is none.</param>
    public int Match(PostText text, int at, out T? meaning)
    {
        var token = text.Tokens[at];
        var first = token.Kind == TokenKind.Hashtag ? text[token][1..] : text[token];
        if (_longestLookup.TryGetValue(first, out var longest))
        {
            for (var count = Math.Min(longest, text.Tokens.Length - at); count > 1; count--)
            {
                if (_lookup.TryGetValue(text.Span(at, count), out meaning))
                {
                    return count;
                }
            }

            if (_lookup.TryGetValue(first, out meaning))
            {
                return 1;
            }
        }

        meaning = default;
        return token.IsLengthened && _lookup.TryGetValue(Shortened(first, stackalloc char[first.Length]), out meaning) ? 1 : 0;
    }

    private static ReadOnlySpan<char> Shortened(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var length = 0;
        foreach (var letter in word)
        {
            if (length == 0 || buffer[length - 1] != letter)
            {
                buffer[length++] = letter;
            }
        }

        return buffer[..length].ToString();
    }
}
