namespace BtcAgent.Cli.Posts;

/// <summary>The output of <c>social tally --json</c>.</summary>
/// <param name="Posts">Posts that were read.</param>
/// <param name="Tallies">Tallies that were written.</param>
/// <param name="Scorer">Id of the scorer.</param>
/// <param name="ScorerHash">SHA-256 of what the scorer reads tones from.</param>
/// <param name="File">The file with the tallies.</param>
internal sealed record TalliedPosts(long Posts, long Tallies, string Scorer, string ScorerHash, string File);
