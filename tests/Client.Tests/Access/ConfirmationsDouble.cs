using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Client.Tests.Access;

/// <summary>The inbox of a gateway, over real rules, without a store.</summary>
internal sealed class ConfirmationsDouble(TimeProvider time) : IConfirmationsGrain
{
    private readonly Lock _gate = new();

    public ConfirmationInbox Inbox { get; private set; } = ConfirmationInbox.Empty;

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    public Task<ConfirmationInbox> GetInbox() => Task.FromResult(Inbox);

    public Task<ConfirmationAnswer> Request(Confirmation wanted) => Apply(inbox => inbox.Request(wanted, Now));

    public Task<ConfirmationAnswer> Confirm(string id, string by, AccessRole role) => Apply(inbox => inbox.Confirm(id, by, role, Now, CommandOperation.Current));

    public Task<ConfirmationAnswer> Refuse(string id, string by, string reason) => Apply(inbox => inbox.Refuse(id, by, reason, Now, CommandOperation.Current));

    public Task<ConfirmationAnswer> Finish(string id, bool isDone, string result) => Apply(inbox => inbox.Finish(id, isDone, result));

    private Task<ConfirmationAnswer> Apply(Func<ConfirmationInbox, ConfirmationChange> change)
    {
        lock (_gate)
        {
            var changed = change(Inbox);
            Inbox = changed.Inbox;
            return Task.FromResult(new ConfirmationAnswer(changed.Confirmation, changed.Refusal));
        }
    }
}
