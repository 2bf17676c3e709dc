namespace BtcAgent.Domain.Experiments;

/// <summary>Result of an event in an <see cref="ExperimentBook"/>.</summary>
/// <param name="Book">The book after it; the same when nothing changed.</param>
/// <param name="Tracked">The experiment; null when there is none.</param>
/// <param name="Refusal">Why nothing was done, and what is possible; null when it was done.</param>
public readonly record struct ExperimentBookChange(ExperimentBook Book, TrackedExperiment? Tracked, string? Refusal);
