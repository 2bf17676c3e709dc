namespace BtcAgent.Domain.Drift;

/// <summary>Samples that a model scored on one UTC day of event time.</summary>
/// <param name="Day">The day.</param>
/// <param name="Samples">Samples scored.</param>
/// <param name="Late">Those whose scoring took longer than the budget.</param>
[GenerateSerializer, Immutable, Alias("ServingDay")]
public readonly record struct ServingDay(
    [property: Id(0)] DateOnly Day, [property: Id(1)] long Samples, [property: Id(2)] long Late);
