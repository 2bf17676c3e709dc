using BtcAgent.Domain.Features;

namespace BtcAgent.Contracts.Features;

/// <summary>The position of a feature grain in its stream, and its counters.</summary>
/// <param name="FeedEpoch">Epoch of the feed; grows with each change of its reader.</param>
/// <param name="LastSequence">Last event of the epoch that the book contains.</param>
/// <param name="Counters">Counters of the pipeline.</param>
/// <param name="SamplesSkipped">Samples replaced by newer ones, or too old to act on.</param>
/// <param name="EventsConsumed">Events applied since the book's history began, over all activations.</param>
/// <param name="SequenceChecksum">FNV-1a over the sequence numbers of those events, in order: equal only if none is missing, doubled or out of place.</param>
[GenerateSerializer, Immutable, Alias("FeatureProgress")]
public sealed record FeatureProgress(
    [property: Id(0)] long FeedEpoch,
    [property: Id(1)] long LastSequence,
    [property: Id(2)] PipelineCounters Counters,
    [property: Id(3)] long SamplesSkipped,
    [property: Id(4)] long EventsConsumed = 0,
    [property: Id(5)] ulong SequenceChecksum = 0);
