namespace BtcAgent.Social.Scoring;

/// <summary>A tone with its provenance.</summary>
/// <param name="Tone">The tone.</param>
/// <param name="Scorer">Id of the scorer that gave it.</param>
/// <param name="ScorerHash">SHA-256 of what that scorer reads tones from.</param>
public readonly record struct ScoredTone(ToneScore Tone, string Scorer, string ScorerHash);
