using BtcAgent.Domain.Retraining;

namespace BtcAgent.Contracts.Retraining;

/// <summary>The answer to a request that concerns a training job.</summary>
/// <param name="Job">The job; null when there is none.</param>
/// <param name="Refusal">Why the request was refused; null when accepted.</param>
[GenerateSerializer, Immutable, Alias("JobAnswer")]
public sealed record JobAnswer([property: Id(0)] TrainingJob? Job, [property: Id(1)] string? Refusal);
