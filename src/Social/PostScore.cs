using BtcAgent.Social.Scoring;

namespace BtcAgent.Social;

/// <summary>A post's tone and how much it counts, with the reasons for both.</summary>
/// <param name="Weight">Weight with its factors; the text as read, language and relevance.</param>
/// <param name="Tone">Tone with its terms and the rules that changed them.</param>
/// <param name="Scorer">Id of the scorer, such as <c>lexicon-1</c>.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
public sealed record PostScore(PostWeight Weight, ToneScore Tone, string Scorer, string ScorerHash);
