using BtcAgent.Social.Scoring;

namespace BtcAgent.Cli.Posts;

/// <summary>A scorer of tones.</summary>
/// <param name="Id">Name and version.</param>
/// <param name="Hash">SHA-256 of what it reads tones from.</param>
/// <param name="Terms">Terms of its lexicon.</param>
/// <param name="Classes">Its classes, from bad to good.</param>
internal sealed record ListedScorer(string Id, string Hash, int Terms, IReadOnlyList<ToneClass> Classes);
