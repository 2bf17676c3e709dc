using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Models;

/// <summary>
/// Key: model id. Stores one trained model. Check with <see cref="IModelRegistryGrain"/> first whether a model exists.
/// </summary>
[Alias("IModelGrain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens the artefact and stores it before the answer. Registering the same artefact again gives the same answer.
    /// </summary>
    /// <param name="artefact">The artefact's zip.</param>
    /// <exception cref="ModelRefusedException">
    /// The artefact cannot be opened or belongs to another model, or a different one is stored here.
    /// </exception>
    [Alias("Register")]
    Task<ModelDescription> Register(ImmutableArray<byte> artefact);

    /// <summary>Returns the artefact's zip as it was registered; default when nothing is.</summary>
    [Alias("GetArtefact"), AlwaysInterleave]
    Task<ImmutableArray<byte>> GetArtefact();

    /// <param name="features">One sample in the order of <see cref="ModelDescription.Features"/>.</param>
    /// <exception cref="ModelRefusedException">
    /// Nothing is registered, or the number of features differs from the model's.
    /// </exception>
    [Alias("Explain"), AlwaysInterleave]
    Task<ModelExplanation> Explain(ImmutableArray<float> features);
}
