namespace BtcAgent.Social.X.Api;

/// <summary>A page of a search, the newest post first.</summary>
/// <param name="Posts">Its posts.</param>
/// <param name="Malformed">Posts that could not be read; they are charged.</param>
/// <param name="NextToken">Null on the last page.</param>
internal sealed record SearchPage(IReadOnlyList<XPost> Posts, int Malformed, string? NextToken);
