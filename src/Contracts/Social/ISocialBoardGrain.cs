using System.Collections.Immutable;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Social;

/// <summary>
/// Key: <see cref="ISentimentGrain.Bitcoin"/>. The reader's last reports for people: posts, sources, budget. In memory only, so that no text is on a disk;
/// texts and authors are removed after 24 hours, and at once when the source removes the post.
/// </summary>
[Alias("ISocialBoardGrain")]
public interface ISocialBoardGrain : IGrainWithStringKey
{
    /// <summary>Posts that are kept, the newest.</summary>
    const int PostsMax = 200;

    /// <summary>Adds the posts, and replaces the rest.</summary>
    /// <returns>False for a reader whose lease has passed to another one.</returns>
    [Alias("Report")]
    Task<bool> Report(SocialReport report);

    /// <summary>Publishes the posts as facts, without text and author, and waits until the log has them; call it before the position in the source is stored, so that none is left out.</summary>
    /// <returns>False for a reader whose lease has passed to another one.</returns>
    [Alias("Keep"), AlwaysInterleave]
    Task<bool> Keep(long epoch, ImmutableArray<JudgedPost> posts);

    /// <summary>Removes text and author of a post; numbers remain.</summary>
    [Alias("Remove")]
    Task Remove(string source, string id, PostRemovalReason reason);

    /// <summary>The newest first.</summary>
    [Alias("GetPosts"), ReadOnly]
    Task<ImmutableArray<JudgedPost>> GetPosts(int limit);

    /// <summary>Sources and budget by the last report.</summary>
    [Alias("GetStatus"), ReadOnly]
    Task<SocialStatus> GetStatus();
}
