namespace BtcAgent.Social.Scoring;

/// <summary>A term's part of a tone.</summary>
/// <param name="Term">The term.</param>
/// <param name="Value">Its valence after all rules, roughly −2…2.</param>
/// <param name="Rule">The rules that changed it, such as <c>negated</c>; empty without any.</param>
public readonly record struct ScoredTerm(string Term, double Value, string Rule);
