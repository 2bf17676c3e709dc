using BtcAgent.Social;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Weights;

namespace BtcAgent.Cli.Posts;

/// <summary>One line of <c>social score --json</c>. The post's text is not repeated; <paramref name="Line"/> leads to it.</summary>
/// <param name="Line">Line of the input, from 1.</param>
/// <param name="Class">Class of the tone.</param>
/// <param name="Tone">−1 (bad for the price) … 1 (good).</param>
/// <param name="Confidence">0…1.</param>
/// <param name="Weight">The product of all factors, 0…1.</param>
/// <param name="Relevance">Relevance to bitcoin, 0…1; also among the factors.</param>
/// <param name="Language">ISO 639-1 code, or <c>und</c>.</param>
/// <param name="IsCut">True when the end of a long text was left out.</param>
/// <param name="Factors">The weight's factors with their reasons.</param>
/// <param name="Terms">The tone's terms with the rules that changed them.</param>
/// <param name="Scorer">Id of the scorer.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
internal sealed record ScoredPost(
    long Line,
    ToneClass Class,
    double Tone,
    double Confidence,
    double Weight,
    double Relevance,
    string Language,
    bool IsCut,
    IReadOnlyList<WeightFactor> Factors,
    IReadOnlyList<ScoredTerm> Terms,
    string Scorer,
    string ScorerHash)
{
    public static ScoredPost Of(long line, PostScore score) => new(
        line,
        score.Tone.Class,
        score.Tone.Tone,
        score.Tone.Confidence,
        score.Weight.Value,
        score.Weight.Relevance,
        score.Weight.Language,
        score.Weight.Text.IsCut,
        score.Weight.Factors,
        score.Tone.Terms,
        score.Scorer,
        score.ScorerHash);
}
