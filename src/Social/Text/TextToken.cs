namespace BtcAgent.Social.Text;

/// <summary>A token's place in <see cref="PostText.Canonical"/>.</summary>
/// <param name="Kind">Kind of the token.</param>
/// <param name="Start">First character.</param>
/// <param name="Length">Characters, at least 1.</param>
/// <param name="IsLoud">A word in capitals within a text that has other words too.</param>
/// <param name="IsLengthened">Letters were repeated more than twice ("sooo"), or a mark was repeated ("!!").</param>
public readonly record struct TextToken(TokenKind Kind, int Start, int Length, bool IsLoud, bool IsLengthened)
{
    /// <summary>The first character after it.</summary>
    public int End => Start + Length;
}
