using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>Creates a scorer of a registered model.</summary>
internal sealed class ModelOpener(IGrainFactory grains, IModelLoader loader, FeatureSchema schema)
{
    /// <exception cref="ModelRefusedException">The model is not registered, does not open, or needs another
    /// schema.</exception>
    public async Task<ISignalModel> Open(string modelId)
    {
        var artefact = await grains.GetGrain<IModelGrain>(modelId).GetArtefact();
        if (artefact.IsDefault)
        {
            throw new ModelRefusedException($"model '{modelId}' is not registered");
        }

        var scorer = (await loader.LoadAsync(artefact.AsMemory(), CancellationToken.None)).CreateSignalModel(schema);
        if (scorer.Id != modelId)
        {
            (scorer as IDisposable)?.Dispose();
            throw new ModelRefusedException($"model {modelId} would sign its scores as {scorer.Id}: no decision could be traced to it");
        }

        return scorer;
    }
}
