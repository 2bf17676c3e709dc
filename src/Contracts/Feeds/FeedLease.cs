namespace BtcAgent.Contracts.Feeds;

/// <summary>The answer to a request for a feed: who may read the venue, and until when.</summary>
/// <param name="IsGranted">True when the caller holds the lease.</param>
/// <param name="Epoch">Fencing number: grows with each change of holder; consumers ignore lower ones.</param>
/// <param name="Holder">The process that holds it.</param>
/// <param name="Until">End of the lease on the granting silo's clock.</param>
[GenerateSerializer, Immutable, Alias("FeedLease")]
public sealed record FeedLease(
    [property: Id(0)] bool IsGranted,
    [property: Id(1)] long Epoch,
    [property: Id(2)] string Holder,
    [property: Id(3)] DateTimeOffset Until);
