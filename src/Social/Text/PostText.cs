namespace BtcAgent.Social.Text;

/// <summary>
/// A post's text in canonical form: its tokens in lower case, separated by one space. Therefore the text of several tokens in
/// a row is one span.
/// </summary>
public sealed class PostText
{
    private readonly TextToken[] _tokens;

    internal PostText(string read, string canonical, TextToken[] tokens, ScriptCounts scripts, bool isCut, bool hasDisguise)
    {
        Read = read;
        Canonical = canonical;
        _tokens = tokens;
        Scripts = scripts;
        IsCut = isCut;
        HasDisguise = hasDisguise;
    }

    /// <summary>The text that was read, with HTML entities replaced and nothing else: for scorers with tokens of another kind. Never for a log.</summary>
    public string Read { get; }

    /// <summary>The tokens, separated by one space; empty for a text without any.</summary>
    public string Canonical { get; }

    /// <summary>The tokens in order, at most <see cref="PostReader.TokensMax"/>.</summary>
    public ReadOnlySpan<TextToken> Tokens => _tokens;

    /// <summary>Letters by script.</summary>
    public ScriptCounts Scripts { get; }

    /// <summary>True when the text was longer than the limits and its end was left out.</summary>
    public bool IsCut { get; }

    /// <summary>True when Cyrillic or Greek letters inside a Latin word were read as the Latin ones that they look like.</summary>
    public bool HasDisguise { get; }

    /// <summary>Without the text, so that it does not reach a log.</summary>
    public override string ToString() => $"text of {_tokens.Length} tokens";

    /// <summary>The canonical text of a token.</summary>
    public ReadOnlySpan<char> this[TextToken token] => Canonical.AsSpan(token.Start, token.Length);

    /// <summary>The canonical text of tokens in a row.</summary>
    /// <param name="first">Index of the first token.</param>
    /// <param name="count">Tokens, at least 1.</param>
    public ReadOnlySpan<char> Span(int first, int count) =>
        Canonical.AsSpan(_tokens[first].Start, _tokens[first + count - 1].End - _tokens[first].Start);
}
