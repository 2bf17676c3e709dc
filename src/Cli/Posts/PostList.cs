using BtcAgent.Contracts.Social;

namespace BtcAgent.Cli.Posts;

/// <summary>The output of <c>social posts --json</c>.</summary>
internal sealed record PostList(IReadOnlyList<JudgedPost> Posts);
