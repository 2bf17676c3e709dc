using BtcAgent.Domain.Features;

namespace BtcAgent.Contracts.Features;

/// <summary>How far a feature grain has come, and what it has counted.</summary>
[GenerateSerializer, Immutable, Alias("FeatureProgress")]
public sealed record FeatureProgress(
    [property: Id(0)] long FeedEpoch,
    [property: Id(1)] long LastSequence,
    [property: Id(2)] PipelineCounters Counters,
    [property: Id(3)] long SamplesSkipped);
