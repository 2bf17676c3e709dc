using BtcAgent.Domain.Retraining;

namespace BtcAgent.Contracts.Retraining;

/// <summary>A trigger that has fired.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Until">It fires no job before, by our clock.</param>
[GenerateSerializer, Immutable, Alias("CoolingTrigger")]
public sealed record CoolingTrigger([property: Id(0)] TrainingTrigger Trigger, [property: Id(1)] Timestamp Until);
