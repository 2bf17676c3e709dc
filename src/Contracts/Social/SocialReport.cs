using System.Collections.Immutable;

namespace BtcAgent.Contracts.Social;

/// <summary>A reader's report.</summary>
/// <param name="Epoch">Lease epoch of the reader.</param>
/// <param name="Posts">Posts since the last report, in the order of their scores.</param>
/// <param name="Status">Sources and budget now.</param>
[GenerateSerializer, Immutable, Alias("SocialReport")]
public sealed record SocialReport(
    [property: Id(0)] long Epoch, [property: Id(1)] ImmutableArray<JudgedPost> Posts, [property: Id(2)] SocialStatus Status);
