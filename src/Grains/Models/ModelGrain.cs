using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Models;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Models;

/// <summary>Stores one artefact and explains its scores. Interleaving calls see only what is stored.</summary>
internal sealed class ModelGrain(
    [PersistentState(GrainStateNames.Model, GrainStateNames.Provider)] IPersistentState<ModelGrainState> state,
    IModelLoader loader) : Grain, IModelGrain
{
    private ModelDescription? _description;
    private ImmutableArray<byte> _artefact;
    private Task<IServableModel>? _opening;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Show();
        return Task.CompletedTask;
    }

    public async Task<ModelDescription> Register(ImmutableArray<byte> artefact)
    {
        if (artefact.IsDefaultOrEmpty)
        {
            throw new ModelRefusedException($"the artefact of model {Id} is empty");
        }

        var opened = (await loader.LoadAsync(artefact.AsMemory(), CancellationToken.None)).Description;
        if (opened.Id != Id)
        {
            throw new ModelRefusedException($"the artefact contains model {opened.Id}, not {Id}");
        }

        if (_description is not null)
        {
            return _description.Hash == opened.Hash
                ? _description
                : throw new ModelRefusedException($"model {Id} is stored with another artefact, hash {_description.Hash}, not {opened.Hash}");
        }

        state.State.Description = opened;
        state.State.Artefact = ImmutableCollectionsMarshal.AsArray(artefact);
        await state.WriteOrDeactivate(this);
        Show();
        return opened;
    }

    public Task<ImmutableArray<byte>> GetArtefact() => Task.FromResult(_artefact);

    public async Task<ModelExplanation> Explain(ImmutableArray<float> features)
    {
        var model = await Open();
        if (features.Length != model.Description.Features.Length)
        {
            throw new ModelRefusedException($"model {Id} has {model.Description.Features.Length} features, the sample {features.Length}");
        }

        return model.Explain(features.AsSpan());
    }

    private async Task<IServableModel> Open()
    {
        if (_artefact.IsDefault)
        {
            throw new ModelRefusedException($"model '{Id}' is not registered");
        }

        _opening ??= loader.LoadAsync(_artefact.AsMemory(), CancellationToken.None);
        try
        {
            return await _opening;
        }
        catch
        {
            // The next caller tries again.
            _opening = null;
            throw;
        }
    }

    private void Show()
    {
        _description = state.State.Description;
        _artefact = ImmutableCollectionsMarshal.AsImmutableArray(state.State.Artefact);
    }
}
