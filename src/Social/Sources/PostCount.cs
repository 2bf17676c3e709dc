namespace BtcAgent.Social.Sources;

/// <summary>The number of posts in a period, from a source that is only counted now.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="From">Start of the period.</param>
/// <param name="Until">End of the period, exclusive.</param>
/// <param name="Posts">Posts, 0 or more.</param>
/// <param name="ReceivedAt">When this process received it.</param>
public sealed record PostCount(string Source, Timestamp From, Timestamp Until, long Posts, Timestamp ReceivedAt);
