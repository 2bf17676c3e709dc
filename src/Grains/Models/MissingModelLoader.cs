using BtcAgent.Domain.Models;

namespace BtcAgent.Grains.Models;

/// <summary>
/// The loader of a host without trained models: rules trade, and the first trained model reports what is missing.
/// </summary>
internal sealed class MissingModelLoader : IModelLoader
{
    public Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken) =>
        throw new ModelRefusedException("this agent cannot open trained models: its host has registered no IModelLoader");
}
