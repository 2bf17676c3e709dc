namespace BtcAgent.Domain.Drift;

/// <summary>Drift of one feature, or of the score.</summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="Psi">Population stability index; NaN without rows.</param>
/// <param name="KsStatistic">Greatest difference of the distributions, 0…1; NaN without values.</param>
/// <param name="KsPValue">Its p-value; NaN without values.</param>
/// <param name="MissingShare">Share of rows without a value, 0…1.</param>
/// <param name="State">The state of this feature alone.</param>
[GenerateSerializer, Immutable, Alias("FeatureDrift")]
public sealed record FeatureDrift(
    [property: Id(0)] string Name,
    [property: Id(1)] double Psi,
    [property: Id(2)] double KsStatistic,
    [property: Id(3)] double KsPValue,
    [property: Id(4)] double MissingShare,
    [property: Id(5)] DriftState State);
