using BtcAgent.Contracts.Access;
using BtcAgent.Domain.Access;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Access;

/// <summary>Keeps the keys. Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class AccessGrain(
    [PersistentState(GrainStateNames.Access, GrainStateNames.Provider)] IPersistentState<AccessGrainState> state,
    TimeProvider time) : Grain, IAccessGrain
{
    /// <summary>The stored ring: interleaving reads never see a change that could still be lost.</summary>
    private KeyRing Ring { get; set; } = KeyRing.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Ring = state.State.Ring;
        return Task.CompletedTask;
    }

    public Task<KeyRing> GetKeys() => Task.FromResult(Ring);

    public Task<KeyAnswer> Create(NewApiKey wanted, string by) => Store(Ring.Create(wanted, by, Now()));

    public Task<KeyAnswer> Rotate(string id, string digest, TimeSpan grace) => Store(Ring.Rotate(id, digest, grace, Now()));

    public Task<KeyAnswer> Revoke(string id) => Store(Ring.Revoke(id, Now()));

    public async Task NoteUse(string id)
    {
        var used = Ring.Used(id, Now());
        if (!ReferenceEquals(used, Ring))
        {
            await Write(used);
        }
    }

    private async Task<KeyAnswer> Store(KeyRingChange change)
    {
        if (change.Key is not null)
        {
            await Write(change.Ring);
        }

        return new KeyAnswer(change.Key, change.Refusal);
    }

    private async Task Write(KeyRing ring)
    {
        state.State.Ring = ring;
        await state.WriteOrDeactivate(this);
        Ring = ring;
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
