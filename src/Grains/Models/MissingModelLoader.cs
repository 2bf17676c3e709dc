using BtcAgent.Domain.Models;

namespace BtcAgent.Grains.Models;

/// <summary>Stands in a host without trained models: rules trade, and the first trained model says what is missing.</summary>
internal sealed class MissingModelLoader : IModelLoader
{
    public Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken) =>
        throw new ModelRefusedException("this agent cannot open trained models: its host has registered no IModelLoader");
}
