using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Models;

/// <summary>
/// Key: <see cref="Key"/>, the only one. Knows every model and its stage, and tells the signal grains which to serve.
/// </summary>
[Alias("IModelRegistryGrain")]
public interface IModelRegistryGrain : IGrainWithStringKey
{
    const string Key = "registry";

    /// <summary>
    /// Keeps a model as a candidate; stored before the answer. The same artefact for the same strategy again answers
    /// the entry as it stands.
    /// </summary>
    /// <param name="artefact">The artefact's zip.</param>
    /// <param name="strategy">Name of the strategy that it is for.</param>
    [Alias("Register")]
    Task<RegistryAnswer> Register(ImmutableArray<byte> artefact, string strategy);

    /// <summary>In order of registration.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<ModelEntry>> List();

    /// <summary>Null when there is no such model.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<ModelEntry?> Find(string modelId);

    /// <summary>
    /// Moves a model along <see cref="ModelStages"/>: stored, then told to the strategy's signal grains. A promoted
    /// model sends the former champion back to shadow. When a signal grain cannot open the model the move is taken back.
    /// </summary>
    [Alias("Move")]
    Task<RegistryAnswer> Move(string modelId, ModelStage stage, string operatorName, string reason);

    /// <summary>Tells every signal grain its models again; also done on activation, so that no move is lost.</summary>
    [Alias("Reassert")]
    Task Reassert();
}
