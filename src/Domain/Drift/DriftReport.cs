using System.Collections.Immutable;

namespace BtcAgent.Domain.Drift;

/// <summary>A model's inputs and scores against its training data.</summary>
/// <param name="State">The state of all together.</param>
/// <param name="Rows">Rows of the window.</param>
/// <param name="DriftedShare">Share of features that have drifted, 0…1.</param>
/// <param name="Features">Each feature, in the model's order.</param>
/// <param name="Score">The score; null where its distribution in training is not known.</param>
/// <param name="Text">The state in one sentence.</param>
[GenerateSerializer, Immutable, Alias("DriftReport")]
public sealed record DriftReport(
    [property: Id(0)] DriftState State,
    [property: Id(1)] long Rows,
    [property: Id(2)] double DriftedShare,
    [property: Id(3)] ImmutableArray<FeatureDrift> Features,
    [property: Id(4)] FeatureDrift? Score,
    [property: Id(5)] string Text)
{
    /// <summary>The report on a model whose artefact has no bins.</summary>
    public static DriftReport Unknown { get; } = new(
        DriftState.Unknown, 0, 0, [], null, "drift is unknown: the artefact has no distributions of its features; train the model again");
}
