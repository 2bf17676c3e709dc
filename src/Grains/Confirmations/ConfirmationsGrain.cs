using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Confirmations;

/// <summary>Keeps the inbox. Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class ConfirmationsGrain(
    [PersistentState(GrainStateNames.Confirmations, GrainStateNames.Provider)] IPersistentState<ConfirmationsGrainState> state,
    TimeProvider time) : Grain, IConfirmationsGrain
{
    /// <summary>The stored inbox: interleaving reads never see a change that could still be lost.</summary>
    private ConfirmationInbox Inbox { get; set; } = ConfirmationInbox.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Inbox = state.State.Inbox;
        return Task.CompletedTask;
    }

    public Task<ConfirmationInbox> GetInbox() => Task.FromResult(Inbox);

    public Task<ConfirmationAnswer> Request(Confirmation wanted) => Store(Inbox.Request(wanted, Now()));

    public Task<ConfirmationAnswer> Confirm(string id, string by, AccessRole role) => Store(Inbox.Confirm(id, by, role, Now(), CommandOperation.Current));

    public Task<ConfirmationAnswer> Refuse(string id, string by, string reason) => Store(Inbox.Refuse(id, by, reason, Now(), CommandOperation.Current));

    public Task<ConfirmationAnswer> Finish(string id, bool isDone, string result) => Store(Inbox.Finish(id, isDone, result));

    private async Task<ConfirmationAnswer> Store(ConfirmationChange change)
    {
        if (!ReferenceEquals(change.Inbox, Inbox))
        {
            state.State.Inbox = change.Inbox;
            await state.WriteOrDeactivate(this);
            Inbox = change.Inbox;
        }

        return new ConfirmationAnswer(change.Confirmation, change.Refusal);
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
