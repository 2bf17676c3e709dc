using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BtcAgent.Client.Api;

/// <summary>Posts that a person or program gives to the agent.</summary>
/// <param name="Posts">1…100 posts.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OfferPosts(ImmutableArray<PostToOffer> Posts);
