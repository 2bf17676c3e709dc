namespace BtcAgent.Domain.Facts;

/// <summary>
/// A post that was read and scored. Without its text and author: a source demands that both disappear with the post, and nothing that is kept may have them.
/// </summary>
/// <param name="Source">Name of the source, such as <c>x</c>.</param>
/// <param name="Id">Id at the source; unique there.</param>
/// <param name="Language">ISO 639-1 code, or <c>und</c>.</param>
/// <param name="CreatedAt">When the source says that it was written; may be unknown.</param>
/// <param name="ReceivedAt">When this agent received it.</param>
/// <param name="KnownAt">When its score was known: from here on it counts.</param>
/// <param name="Tone">−1 (bad for the price) … 1 (good).</param>
/// <param name="Confidence">0…1.</param>
/// <param name="Content">Weight by its content, 0…1.</param>
/// <param name="Weight">Weight by content and author, 0…1.</param>
/// <param name="Scorer">Id of the scorer.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
public sealed record PostFact(
    string Source,
    string Id,
    string Language,
    Timestamp CreatedAt,
    Timestamp ReceivedAt,
    Timestamp KnownAt,
    double Tone,
    double Confidence,
    double Content,
    double Weight,
    string Scorer,
    string ScorerHash) : Fact
{
    public override FactTopic Topic => FactTopic.SocialData;

    public override string Key => Source;

    public override Timestamp Time => KnownAt;
}
