namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>A post that nobody wrote.</summary>
/// <param name="CreatedAt">When it is written.</param>
/// <param name="Author">Who writes it.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">Two letters, as X gives them.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Tone">The tone that it was written with.</param>
public sealed record SyntheticPost(DateTimeOffset CreatedAt, SyntheticAuthor Author, string Text, string Language, PostKind Kind, PostTone Tone)
{
    public override string ToString() => $"synthetic {Kind} {Tone} post at {CreatedAt:O}";
}
