namespace BtcAgent.Social.Sources;

/// <summary>
/// Takes what a source delivers, one call at a time. A post comes once per run; after a crash the last ones may come again, so a sink that stores them
/// does so by source and id. An exception ends the source.
/// </summary>
public interface IPostSink
{
    /// <summary>A post; when it returns, the source's cursor is past it.</summary>
    ValueTask AcceptAsync(SocialPost post, CancellationToken cancellationToken);

    /// <summary>A post that must be removed; also one that was never accepted.</summary>
    ValueTask RemoveAsync(PostRemoval removal, CancellationToken cancellationToken);

    /// <summary>A number of posts, instead of the posts themselves.</summary>
    ValueTask CountAsync(PostCount count, CancellationToken cancellationToken);
}
