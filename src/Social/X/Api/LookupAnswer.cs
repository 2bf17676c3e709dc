namespace BtcAgent.Social.X.Api;

/// <summary>Posts that were looked up. One that is in neither list may be shown or not: X did not say.</summary>
/// <param name="Found">Posts that X returned.</param>
/// <param name="Malformed">Posts that X returned and that could not be read; they are charged.</param>
/// <param name="Gone">Posts of which X says that they are not there, or that we may not see them.</param>
internal sealed record LookupAnswer(IReadOnlyList<XPost> Found, int Malformed, IReadOnlySet<long> Gone);
