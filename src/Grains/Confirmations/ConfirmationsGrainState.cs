using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Grains.Confirmations;

/// <summary>Commands that wait for a second person, and the last decided ones.</summary>
public sealed class ConfirmationsGrainState
{
    public ConfirmationInbox Inbox { get; set; } = ConfirmationInbox.Empty;
}
