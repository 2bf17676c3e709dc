namespace BtcAgent.Social.Lexicons;

/// <summary>A term of the lexicon.</summary>
/// <param name="Term">Its form, as in the file.</param>
/// <param name="Valence">−1…1.</param>
/// <param name="Kind">Its kind.</param>
public sealed record LexiconTerm(string Term, double Valence, TermKind Kind);
