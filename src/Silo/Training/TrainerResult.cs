using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Training;

/// <summary>The description of a finished training beside its artefact. It has no time, so that a repeat gives the same bytes.</summary>
/// <param name="Job">Id of the job.</param>
/// <param name="ModelId">Id of the model; null, as all about the model, when a search found nothing.</param>
/// <param name="ModelHash">Hash of the model.</param>
/// <param name="ZipSha256">SHA-256 of the artefact's zip.</param>
/// <param name="Verdict">The verdict of the training.</param>
/// <param name="Headline">The verdict, or the decision of the search, in a sentence.</param>
/// <param name="Data">The data that were used.</param>
/// <param name="Findings">The findings of the search; null without one.</param>
internal sealed record TrainerResult(
    string Job, string? ModelId, string? ModelHash, string? ZipSha256, VerdictState? Verdict, string Headline, UsedData Data, SearchFindings? Findings = null);
