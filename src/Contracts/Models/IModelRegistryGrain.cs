using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Models;

/// <summary>
/// Key: <see cref="Key"/>, the only one. Holds every model and its stage, and assigns models to the signal grains.
/// </summary>
[Alias("IModelRegistryGrain")]
public interface IModelRegistryGrain : IGrainWithStringKey
{
    const string Key = "registry";

    /// <summary>
    /// Registers a model as a candidate and stores it before returning. Registering the same artefact for the same strategy
    /// again returns the existing entry, and so does any artefact of a command that has registered one.
    /// </summary>
    /// <param name="artefact">The artefact's zip.</param>
    /// <param name="strategy">Name of its strategy.</param>
    [Alias("Register")]
    Task<RegistryAnswer> Register(ImmutableArray<byte> artefact, string strategy);

    /// <summary>Returns the models in order of registration.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<ModelEntry>> List();

    /// <summary>Returns null for an unknown model.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<ModelEntry?> Find(string modelId);

    /// <summary>
    /// Moves a model along <see cref="ModelStages"/>: stores the move, then notifies the strategy's signal grains. A promotion
    /// moves the former champion back to shadow. When a signal grain cannot open the model the move is reverted. A model that may
    /// not trade by its verdict does not become champion; see <see cref="ChampionGate"/>.
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="stage">Its new stage.</param>
    /// <param name="operatorName">Name of the operator.</param>
    /// <param name="reason">The operator's reason.</param>
    /// <param name="verdictOverride">With <see cref="ModelStage.Champion"/>: who lets it trade against its verdict; null for nobody.</param>
    [Alias("Move")]
    Task<RegistryAnswer> Move(
        string modelId, ModelStage stage, string operatorName, string reason, VerdictOverride? verdictOverride = null);

    /// <summary>Sends every signal grain its models again, as does activation, so that no move is lost.</summary>
    [Alias("Reassert")]
    Task Reassert();
}
