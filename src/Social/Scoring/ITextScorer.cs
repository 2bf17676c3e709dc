using BtcAgent.Social.Text;

namespace BtcAgent.Social.Scoring;

/// <summary>Judges the tone of texts. The same text always has the same tone.</summary>
public interface ITextScorer
{
    /// <summary>Name and version, such as <c>lexicon-1</c>.</summary>
    string Id { get; }

    /// <summary>SHA-256 of what it reads tones from, in lower-case hexadecimal digits.</summary>
    string Hash { get; }

    /// <summary>Scores a text; one without any evidence is neutral with confidence 0.</summary>
    ToneScore Score(PostText text);
}
