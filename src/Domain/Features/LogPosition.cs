namespace BtcAgent.Domain.Features;

/// <summary>
/// Offsets in the instrument's partition of the market-data log: reading from <paramref name="Origin"/> on with a fresh
/// pipeline comes to the same state at <paramref name="Offset"/>.
/// </summary>
/// <param name="Origin">Offset of the message with which the pipeline's history began.</param>
/// <param name="Offset">Offset of the message whose event completed the sample.</param>
/// <param name="FeedEpoch">Epoch of the feed.</param>
[GenerateSerializer, Immutable, Alias("LogPosition")]
public sealed record LogPosition(
    [property: Id(0)] long Origin, [property: Id(1)] long Offset, [property: Id(2)] long FeedEpoch);
