namespace BtcAgent.Domain.Retraining;

/// <summary>Progress of a running job.</summary>
/// <param name="Step">Current work, such as <c>fold 2 of 5</c>.</param>
/// <param name="Share">Share of the whole, 0…1.</param>
[GenerateSerializer, Immutable, Alias("TrainingProgress")]
public sealed record TrainingProgress([property: Id(0)] string Step, [property: Id(1)] double Share);
