using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Access;

/// <summary>Keeps the keys. Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class AccessGrain(
    [PersistentState(GrainStateNames.Access, GrainStateNames.Provider)] IPersistentState<AccessGrainState> state,
    TimeProvider time) : Grain, IAccessGrain
{
    /// <summary>The stored ring: interleaving reads never see a change that could still be lost.</summary>
    private KeyRing Ring { get; set; } = KeyRing.Empty;

    private OperationLedger Operations { get; set; } = OperationLedger.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (Ring, Operations) = (state.State.Ring, state.State.Operations);
        return Task.CompletedTask;
    }

    public Task<KeyRing> GetKeys() => Task.FromResult(Ring);

    public Task<KeyAnswer> Create(NewApiKey wanted, string by) => Once(ring => ring.Create(wanted, by, Now()));

    public Task<KeyAnswer> Rotate(string id, string digest, TimeSpan grace) => Once(ring => ring.Rotate(id, digest, grace, Now()));

    public Task<KeyAnswer> Revoke(string id) => Once(ring => ring.Revoke(id, Now()));

    public async Task NoteUse(string id)
    {
        var used = Ring.Used(id, Now());
        if (!ReferenceEquals(used, Ring))
        {
            await Write(used, Operations);
        }
    }

    /// <summary>A repeat gets the key as it is now: with another digest than its own, so that the gateway knows that it has no secret to show.</summary>
    private async Task<KeyAnswer> Once(Func<KeyRing, KeyRingChange> apply)
    {
        var operation = CommandOperation.Current;
        if (Operations.Find(operation) is { Result: { } id })
        {
            return Ring.Find(id) is { } known ? new KeyAnswer(known, null) : new KeyAnswer(null, $"key {id} was changed by this request and has ended since");
        }

        var change = apply(Ring);
        if (change.Key is { } key)
        {
            await Write(change.Ring, Operations.Add(operation, key.Id));
        }

        return new KeyAnswer(change.Key, change.Refusal);
    }

    private async Task Write(KeyRing ring, OperationLedger operations)
    {
        (state.State.Ring, state.State.Operations) = (ring, operations);
        await state.WriteOrDeactivate(this);
        (Ring, Operations) = (ring, operations);
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
