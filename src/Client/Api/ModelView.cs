using BtcAgent.Domain.Models;

namespace BtcAgent.Client.Api;

/// <summary>A registered model: where it stands, where it may go, and what it has done.</summary>
/// <param name="Model">Stage, strategy, description with metrics and lineage, history of moves.</param>
/// <param name="CanBecome">Stages that it may be moved to.</param>
/// <param name="Runs">Per instrument that serves it; empty when none does.</param>
/// <param name="Refusals">Why a strategy that should serve it does not.</param>
public sealed record ModelView(
    ModelEntry Model, IReadOnlyList<ModelStage> CanBecome, IReadOnlyList<ModelRunView> Runs, IReadOnlyList<string> Refusals);
