using System.Collections.Immutable;

namespace BtcAgent.Domain.Drift;

/// <summary>Distributions of a model's inputs and scores in training, with which later ones are compared.</summary>
/// <param name="Features">Names, in the order of the model's input.</param>
/// <param name="Bins">Distribution of each.</param>
/// <param name="Scores">Distribution of the calibrated out-of-sample scores; null where it is not known.</param>
/// <param name="Span">
/// Time that the rows cover: rows closer than the stride of a watch repeat each other, and count as one. Null when it is not known:
/// each row then counts.
/// </param>
[GenerateSerializer, Immutable, Alias("DriftReference")]
public sealed record DriftReference(
    [property: Id(0)] ImmutableArray<string> Features,
    [property: Id(1)] ImmutableArray<FeatureBins> Bins,
    [property: Id(2)] FeatureBins? Scores,
    [property: Id(3)] TimeSpan? Span = null);
