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
    public Task<ISignalModel> Open(string modelId) => Open(modelId, _ => null);

    /// <summary>Opens a model that is to trade.</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="gate">Asked again here, after a restart or a change of settings too: this is where money is at stake.</param>
    /// <param name="isOverridden">True if a named person lets it trade against its verdict.</param>
    /// <exception cref="ModelRefusedException">It may not trade by its verdict, or as for <see cref="Open(string)"/>.</exception>
    public Task<ISignalModel> OpenToTrade(string modelId, ChampionGate gate, bool isOverridden) =>
        Open(modelId, description => gate.WhyNot(description, isOverridden));

    private async Task<ISignalModel> Open(string modelId, Func<ModelDescription, string?> whyNot)
    {
        var artefact = await grains.GetGrain<IModelGrain>(modelId).GetArtefact();
        if (artefact.IsDefault)
        {
            throw new ModelRefusedException($"model '{modelId}' is not registered");
        }

        var model = await loader.LoadAsync(artefact.AsMemory(), CancellationToken.None);
        if (whyNot(model.Description) is { } reason)
        {
            throw new ModelRefusedException(reason);
        }

        var scorer = model.CreateSignalModel(schema);
        if (scorer.Id != modelId)
        {
            (scorer as IDisposable)?.Dispose();
            throw new ModelRefusedException($"model {modelId} would sign its scores as {scorer.Id}: no decision could be traced to it");
        }

        return scorer;
    }
}
