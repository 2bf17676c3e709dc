namespace BtcAgent.Social.X.Api;

/// <summary>Which of the posts that were looked up are still shown.</summary>
/// <param name="Found">Posts that X returned, and whether they are withheld.</param>
/// <param name="Unclear">Posts that X could not look up now.</param>
internal sealed record LookupAnswer(IReadOnlyDictionary<long, bool> Found, IReadOnlySet<long> Unclear);
