namespace BtcAgent.Domain.Experiments;

/// <summary>Result of a person's command about an experiment.</summary>
/// <param name="Experiment">The experiment after the command; unchanged when it was refused.</param>
/// <param name="Refusal">Why it was refused, and what is possible; null when it was carried out.</param>
public readonly record struct ExperimentChange(Experiment Experiment, string? Refusal);
