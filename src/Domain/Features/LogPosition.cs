namespace BtcAgent.Domain.Features;

/// <summary>
/// Offsets in the instrument's partition of the market-data log: a fresh pipeline that reads from <paramref name="Origin"/>
/// has the same state at <paramref name="Offset"/>.
/// </summary>
/// <param name="Origin">Offset of the message with which the pipeline's history began.</param>
/// <param name="Offset">Offset of the message whose event completed the sample.</param>
/// <param name="FeedEpoch">Epoch of the feed; for two lines, the start of their merging, in ms since 1970.</param>
/// <param name="Lines">Number of readers of the venue whose events were merged, 1 or 2.</param>
[GenerateSerializer, Immutable, Alias("LogPosition")]
public sealed record LogPosition(
    [property: Id(0)] long Origin, [property: Id(1)] long Offset, [property: Id(2)] long FeedEpoch, [property: Id(3)] int Lines = 1);
