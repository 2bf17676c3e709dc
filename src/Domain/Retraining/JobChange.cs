namespace BtcAgent.Domain.Retraining;

/// <summary>Result of a request to the <see cref="JobQueue"/>.</summary>
/// <param name="Queue">The queue afterwards; the same instance when nothing changed.</param>
/// <param name="Job">The job concerned; null when there is none.</param>
/// <param name="Refusal">Why the request was refused; null when accepted.</param>
public readonly record struct JobChange(JobQueue Queue, TrainingJob? Job, string? Refusal);
