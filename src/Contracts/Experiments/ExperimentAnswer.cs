using BtcAgent.Domain.Experiments;

namespace BtcAgent.Contracts.Experiments;

/// <summary>Result of a request about an experiment.</summary>
/// <param name="Tracked">The experiment after it; null when there is none.</param>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
[GenerateSerializer, Immutable, Alias("ExperimentAnswer")]
public sealed record ExperimentAnswer([property: Id(0)] TrackedExperiment? Tracked, [property: Id(1)] string? Refusal);
