using BtcAgent.Social;
using BtcAgent.Social.Sources;

namespace BtcAgent.Silo.Social;

/// <summary>A post and its score.</summary>
/// <param name="Number">Place among the posts of this run, from 1.</param>
/// <param name="Post">The post.</param>
/// <param name="Score">Its score; null when it could not be scored.</param>
/// <param name="KnownAt">When the score was known.</param>
internal sealed record ScoredPost(long Number, SocialPost Post, PostScore? Score, Timestamp KnownAt)
{
    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"scored {Post}";
}
