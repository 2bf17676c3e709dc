using BtcAgent.Domain.Models;

namespace BtcAgent.Domain.Retraining;

/// <summary>How an attempt at a job ended.</summary>
/// <param name="State">Succeeded, nothing found, failed, cancelled or interrupted.</param>
/// <param name="Reason">Why there is no model; for a success, what the verdict says.</param>
/// <param name="ModelId">The registered model; null for none.</param>
/// <param name="Stage">Stage at which it was registered; null for none.</param>
/// <param name="Verdict">Verdict on the model; null for none.</param>
/// <param name="Data">The data that were used; null when the attempt did not get that far.</param>
/// <param name="Findings">The findings of a search; null when the job did not search, or did not get that far.</param>
[GenerateSerializer, Immutable, Alias("TrainingOutcome")]
public sealed record TrainingOutcome(
    [property: Id(0)] TrainingJobState State,
    [property: Id(1)] string Reason,
    [property: Id(2)] string? ModelId = null,
    [property: Id(3)] ModelStage? Stage = null,
    [property: Id(4)] VerdictState? Verdict = null,
    [property: Id(5)] UsedData? Data = null,
    [property: Id(6)] SearchFindings? Findings = null);
