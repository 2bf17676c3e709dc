using System.Collections.Immutable;
using BtcAgent.Domain.Social;

namespace BtcAgent.Contracts.Social;

/// <summary>Key: <see cref="Key"/>, the only one. Posts that were offered to the agent, until the reader has scored them. Stored.</summary>
[Alias("IPostInboxGrain")]
public interface IPostInboxGrain : IGrainWithStringKey
{
    const string Key = "posts";

    /// <summary>Stores the posts that are new, all of them or none, before it returns.</summary>
    [Alias("Offer")]
    Task<OfferAnswer> Offer(ImmutableArray<OfferedPost> posts);

    /// <summary>The posts that wait, the oldest first, with a number above the given one.</summary>
    [Alias("GetWaiting")]
    Task<ImmutableArray<OfferedPost>> GetWaiting(long after);

    /// <summary>Removes the posts up to a number, with their texts, before it returns.</summary>
    [Alias("Done")]
    Task Done(long number);
}
