using System.Globalization;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>
/// The part of X's query language that rules here use: words, quoted phrases, <c>#tag</c>, <c>$CASH</c>, <c>lang:</c>, <c>is:retweet</c>, <c>sample:</c>, a minus before
/// any of them, <c>OR</c>, spaces for "and", and parentheses.
/// </summary>
internal sealed class XQuery
{
    /// <summary>Longest rule. Source: X, "Build a rule", pay-per-use.</summary>
    public const int LengthMax = 1_024;

    /// <summary>Parentheses and minus signs within each other; X names no limit.</summary>
    private const int DepthMax = 64;

    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private XQuery(string query) => _tokens = Tokens(query);

    /// <exception cref="FormatException">Not understood.</exception>
    public static Func<XStoredPost, bool> Parse(string query)
    {
        if (query.Length > LengthMax)
        {
            throw new FormatException($"the query has {query.Length} characters, more than {LengthMax}");
        }

        var parser = new XQuery(query);
        var matches = parser.Or();
        return parser._at == parser._tokens.Count ? matches : throw new FormatException($"unexpected '{parser._tokens[parser._at]}'");
    }

    private string? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private Func<XStoredPost, bool> Or()
    {
        var left = And();
        while (Next == "OR")
        {
            _at++;
            var (a, b) = (left, And());
            left = post => a(post) || b(post);
        }

        return left;
    }

    private Func<XStoredPost, bool> And()
    {
        var left = Term();
        while (Next is not (null or "OR" or ")"))
        {
            var (a, b) = (left, Term());
            left = post => a(post) && b(post);
        }

        return left;
    }

    private Func<XStoredPost, bool> Term()
    {
        var token = Next ?? throw new FormatException("the query ends too early");
        _at++;
        if (token == "-")
        {
            var negated = Deeper(Term);
            return post => !negated(post);
        }

        if (token == "(")
        {
            var inner = Deeper(Or);
            _at += Next == ")" ? 1 : throw new FormatException("a parenthesis is not closed");
            return inner;
        }

        var value = token[(token.IndexOf(':') + 1)..];
        return token switch
        {
            ")" or "OR" => throw new FormatException($"unexpected '{token}'"),
            ['"', ..] => post => Text(post).Contains(token.Trim('"'), StringComparison.OrdinalIgnoreCase),
            _ when token.StartsWith("lang:", StringComparison.Ordinal) => post => post.Post.Language == value,
            _ when token.StartsWith("sample:", StringComparison.Ordinal) => Sample(value),
            "is:retweet" => _ => false,
            _ when value.Length < token.Length => throw new FormatException($"unknown operator '{token}'"),
            _ => post => HasWord(Text(post), token),
        };
    }

    private Func<XStoredPost, bool> Deeper(Func<Func<XStoredPost, bool>> read)
    {
        var matches = ++_depth <= DepthMax ? read() : throw new FormatException($"more than {DepthMax} parentheses and minus signs within each other");
        _depth--;
        return matches;
    }

    private static Func<XStoredPost, bool> Sample(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100
        ? post => (ulong)post.Id * 0x9E3779B97F4A7C15 / (ulong.MaxValue / 100) < (ulong)percent
        : throw new FormatException("sample: has 1 to 100");

    private static string Text(XStoredPost post) => post.Post.Text;

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Tokens(string query)
    {
        var tokens = new List<string>();
        for (var at = 0; at < query.Length;)
        {
            if (query[at] == ' ')
            {
                at++;
            }
            else if (query[at] is '(' or ')' or '-')
            {
                tokens.Add(query[at++].ToString());
            }
            else if (query[at] == '"' && query.IndexOf('"', at + 1) is > 0 and var quote)
            {
                tokens.Add(query[at..(quote + 1)]);
                at = quote + 1;
            }
            else
            {
                var end = query.AsSpan(at).IndexOfAny(' ', '(', ')') is >= 0 and var length ? at + length : query.Length;
                tokens.Add(query[at..end]);
                at = end;
            }
        }

        return tokens;
    }
}
