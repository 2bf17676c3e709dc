namespace BtcAgent.Cli.Posts;

/// <summary>The output of <c>social models --json</c>.</summary>
internal sealed record ListedScorers(IReadOnlyList<ListedScorer> Scorers);
