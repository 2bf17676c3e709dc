using BtcAgent.Social.Authors;

namespace BtcAgent.Social;

/// <summary>A post as a source found it.</summary>
/// <param name="Text">Any text.</param>
/// <param name="Author">Public figures of the author.</param>
/// <param name="ReceivedAt">When this process received it; the posts of one pipeline come in this order.</param>
public sealed record Post(string Text, AuthorFacts Author, Timestamp ReceivedAt)
{
    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"post received at {ReceivedAt}";
}
