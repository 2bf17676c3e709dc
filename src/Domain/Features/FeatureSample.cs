using System.Collections.Immutable;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Domain.Features;

/// <summary>
/// The state of one instrument at a sampling instant, the input of a decision. It contains all events before
/// <see cref="EventTime"/> and none after.
/// </summary>
[GenerateSerializer, Immutable, Alias("FeatureSample")]
public sealed record FeatureSample
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    /// <summary>The sampling instant, a multiple of the sampling interval.</summary>
    [Id(1)] public required Timestamp EventTime { get; init; }

    /// <summary>Our clock at the last event included.</summary>
    [Id(2)] public required Timestamp ReceiveTime { get; init; }

    /// <summary>
    /// Sequence of the last event included: the position in the log up to which the decision can be replayed.
    /// </summary>
    [Id(3)] public required long LastSequence { get; init; }

    [Id(4)] public required ulong SchemaHash { get; init; }

    /// <summary>Values in schema order; NaN where unknown.</summary>
    [Id(5)] public required ImmutableArray<float> Values { get; init; }

    /// <summary>True when every feature that can be known has a full window.</summary>
    [Id(6)] public required bool IsWarm { get; init; }

    /// <summary>Best bid and ask of the rebuilt book, or of the venue's quote when the book is not in sync.</summary>
    [Id(7)] public required Quote Quote { get; init; }

    [Id(8)] public required bool BookInSync { get; init; }

    /// <summary>Event time of the last book, quote or trade event, which shows the age of the data.</summary>
    [Id(9)] public required Timestamp LastEventTime { get; init; }

    /// <summary>Bars that closed since the previous sample.</summary>
    [Id(10)] public required ImmutableArray<Bar> ClosedBars { get; init; }

    /// <summary>Sampling instants since the previous sample that had no event and therefore no sample.</summary>
    [Id(11)] public int InstantsSkipped { get; init; }

    /// <summary>Position in the log from which the sample can be reproduced; null when the log is not kept.</summary>
    [Id(13)] public LogPosition? Position { get; init; }

    /// <summary>Settings of the features, with which they can be reproduced; null in samples of older versions.</summary>
    [Id(15)] public FeatureOptions? Options { get; init; }

    /// <summary>Who judged the tones of the last posts in the values; null while sentiment is unknown, and where the scorer is.</summary>
    [Id(16)] public ScorerIdentity? Scorer { get; init; }

    /// <summary>The venue's clock minus ours in milliseconds, as last measured by the feed; null when it was not.</summary>
    [Id(14)] public double? ClockSkewMs { get; init; }

    /// <summary>Standard deviation of returns per second over the realised-volatility window; NaN until known.</summary>
    [Id(12)] public double VolatilityPerSqrtSecond { get; init; } = double.NaN;
}
