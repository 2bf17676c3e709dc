using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Models;

/// <summary>
/// Key: model id. Keeps one trained model. Ask the <see cref="IModelRegistryGrain"/> first whether a model exists.
/// </summary>
[Alias("IModelGrain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Opens the artefact and stores it before the answer. The same artefact again answers the same.</summary>
    /// <param name="artefact">The artefact's zip.</param>
    /// <exception cref="ModelRefusedException">It does not open, is of another model, or another one is stored here.</exception>
    [Alias("Register")]
    Task<ModelDescription> Register(ImmutableArray<byte> artefact);

    /// <summary>Null when nothing is registered.</summary>
    [Alias("GetDescription"), AlwaysInterleave]
    Task<ModelDescription?> GetDescription();

    /// <summary>The artefact's zip as it was registered; default when nothing is.</summary>
    [Alias("GetArtefact"), AlwaysInterleave]
    Task<ImmutableArray<byte>> GetArtefact();

    /// <param name="features">One sample in the order of <see cref="ModelDescription.Features"/>.</param>
    /// <exception cref="ModelRefusedException">Nothing is registered, or the number of features is not the model's.</exception>
    [Alias("Explain"), AlwaysInterleave]
    Task<ModelExplanation> Explain(ImmutableArray<float> features);
}
