using BtcAgent.Domain.Social;

namespace BtcAgent.Grains.Social;

/// <summary>Posts that were offered.</summary>
public sealed class PostInboxGrainState
{
    public PostInbox Inbox { get; set; } = PostInbox.Empty;
}
