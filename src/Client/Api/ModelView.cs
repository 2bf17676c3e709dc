using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>A registered model: its stage, its legal moves and its counters.</summary>
/// <param name="Model">Stage, strategy, description with metrics and lineage, history of moves.</param>
/// <param name="Verdict">Its verdict; <c>notJudged</c> for an artefact without one.</param>
/// <param name="CanBecome">Stages that it may be moved to.</param>
/// <param name="Runs">One entry per instrument that serves it.</param>
/// <param name="Refusals">Reasons why a strategy that should serve it does not.</param>
public sealed record ModelView(
    ModelEntry Model,
    Verdict Verdict,
    IReadOnlyList<ModelStage> CanBecome,
    IReadOnlyList<ModelRunView> Runs,
    IReadOnlyList<string> Refusals);
